// Typed text outlives a closed tab, a session that ended and a 503: it is kept for a week, or until a page of the console
// shows that it was taken. Who signs out leaves nothing behind.
import { forget, forgetAll, recall, remember } from "./memory.js";
import { fullTime } from "./time.js";

const user = document.body.dataset.user;
const PENDING = "draft-sent";
const WEEK = 7 * 86400 * 1000;

const keyOf = (form) => `draft:${user}:${form.dataset.draft}`;
const isKept = (field) => field.name && field.matches("textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit])");
const hasErrors = (form) => form.querySelector("[aria-invalid=true], .form-errors, .error") !== null;

function read(form) {
  const values = {};
  for (const field of form.elements) {
    if (!isKept(field)) continue;
    const isBox = field.type === "checkbox" || field.type === "radio";
    if (field.multiple) values[field.name] = [...field.selectedOptions].map((option) => option.value);
    else if (!isBox) values[field.name] = field.value;
    else if (field.checked) (values[field.name] ??= []).push(field.value);
    else values[field.name] ??= [];
  }
  return values;
}

function fill(form, values) {
  for (const field of form.elements) {
    if (!isKept(field) || !(field.name in values)) continue;
    const value = values[field.name];
    if (field.multiple) for (const option of field.options) option.selected = value.includes(option.value);
    else if (Array.isArray(value)) field.checked = value.includes(field.value);
    else field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function note(form, at) {
  const line = document.createElement("p");
  line.className = "draft-note";
  line.setAttribute("role", "status");
  line.textContent = `Restored what you typed on ${fullTime(new Date(at))}. This browser keeps it for a week, or until you sign out. `;
  const discard = document.createElement("button");
  discard.type = "button";
  discard.className = "button quiet compact";
  discard.textContent = "Discard it";
  discard.addEventListener("click", () => { forget(keyOf(form)); form.reset(); line.remove(); });
  line.append(discard);
  form.prepend(line);
}

function settleSent() {
  const sent = recall(PENDING);
  if (!sent || !user) return;
  const form = [...document.querySelectorAll("form[data-draft]")].find((form) => keyOf(form) === sent);
  const taken = form ? !hasErrors(form) && document.querySelector(".message.success") : !document.querySelector(".form-errors, .message.error");
  if (taken) forget(sent);
  forget(PENDING);
}

function restore(form) {
  const draft = recall(keyOf(form));
  if (!draft || hasErrors(form)) return;
  if (Date.now() - draft.at > WEEK) return forget(keyOf(form));
  const initial = JSON.stringify(read(form));
  if (JSON.stringify(draft.values) === initial) return forget(keyOf(form));
  fill(form, draft.values);
  note(form, draft.at);
}

settleSent();
for (const form of user ? document.querySelectorAll("form[data-draft]") : []) {
  restore(form);
  form.addEventListener("input", () => remember(keyOf(form), { at: Date.now(), values: read(form) }));
  form.addEventListener("submit", () => remember(PENDING, keyOf(form)));
}
for (const form of user ? document.querySelectorAll("form[action$='/sign-out']") : []) {
  form.addEventListener("submit", () => { forgetAll(`draft:${user}:`); forget(PENDING); });
}
