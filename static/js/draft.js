// Typed text outlives a closed tab, a session that ended and a 503: it is kept for a week, or until a page of the console
// shows that it was taken. Who signs out leaves nothing behind.
import { forget, forgetAll, recall, remember } from "./memory.js";
import { parse } from "./morph.js";
import { fullTime } from "./time.js";

const user = document.body.dataset.user;
const PENDING = "draft-sent";
const WEEK = 7 * 86400 * 1000;

const keyOf = (form) => `draft:${user}:${form.dataset.draft}`;
const isKept = (field) => field.name && field.matches("textarea, select, input:not([type=hidden], [type=password], [type=file], [type=submit])");
const hasErrors = (form) => form.querySelector("[aria-invalid=true], .form-errors, .error") !== null;

const isBox = (field) => field.type === "checkbox" || field.type === "radio";

// By name all values in their order: rows of a form share their names.
function read(form) {
  const values = {};
  for (const field of form.elements) {
    if (!isKept(field)) continue;
    const held = (values[field.name] ??= []);
    if (field.multiple) held.push(...[...field.selectedOptions].map((option) => option.value));
    else if (!isBox(field) || field.checked) held.push(field.value);
  }
  return values;
}

function fill(form, values) {
  const places = {};
  for (const field of form.elements) {
    if (!isKept(field) || !(field.name in values)) continue;
    const held = [].concat(values[field.name]);
    if (field.multiple) for (const option of field.options) option.selected = held.includes(option.value);
    else if (isBox(field)) field.checked = held.includes(field.value);
    else field.value = held[(places[field.name] = (places[field.name] ?? -1) + 1)] ?? field.value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

// Rows that buttons have added are the server's to draw: it is asked for the form as it was typed.
async function redraw(form, values) {
  const said = new FormData(form);
  for (const name of new Set([...Object.keys(read(form)), ...Object.keys(values)])) {
    said.delete(name);
    for (const value of [].concat(values[name] ?? [])) said.append(name, value);
  }
  said.set("do", "keep");
  try {
    const page = parse(await (await fetch(location.href, { method: "POST", body: said })).text());
    for (const rows of form.querySelectorAll("[data-rows]")) {
      const typed = page.getElementById(rows.id);
      if (!typed) continue;
      const drawn = document.importNode(typed, true);
      rows.replaceWith(drawn);
      window.htmx?.process(drawn);
    }
  } catch { /* what fits into the rows that there are is filled in */ }
}

// What the fields held when the page came: whose edit began before somebody else's is told so, draft or not.
const beginnings = (form) => [...form.querySelectorAll("[type=hidden]:is([name=version], [name^=initial-])")];

const begun = (form) => Object.fromEntries(beginnings(form).map((field) => [field.name, field.value]));

function beginWith(form, held) {
  for (const field of beginnings(form)) if (field.name in held) field.value = held[field.name];
}

function keep(form) {
  remember(keyOf(form), { at: Date.now(), began: begun(form), values: read(form) });
}

function note(form, at, discarded) {
  const line = document.createElement("p");
  line.className = "draft-note";
  line.setAttribute("role", "status");
  line.textContent = `Restored what you typed on ${fullTime(new Date(at))}. This browser keeps it for a week, or until you sign out. `;
  const discard = document.createElement("button");
  discard.type = "button";
  discard.className = "button quiet compact";
  discard.textContent = "Discard it";
  discard.addEventListener("click", () => { forget(keyOf(form)); form.reset(); line.remove(); discarded(); });
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

async function restore(form) {
  // What the server shows as it was sent is newer than what was kept.
  if ("typed" in form.dataset) return keep(form);
  const draft = recall(keyOf(form));
  if (!draft || hasErrors(form)) return;
  if (Date.now() - draft.at > WEEK) return forget(keyOf(form));
  const initial = JSON.stringify(read(form));
  if (JSON.stringify(draft.values) === initial) return forget(keyOf(form));
  const stands = begun(form);
  const hasRows = form.querySelector("[data-rows]") !== null;
  if (hasRows) await redraw(form, draft.values);
  fill(form, draft.values);
  beginWith(form, draft.began ?? {});
  note(form, draft.at, () => {
    beginWith(form, stands);
    if (hasRows) location.assign(location.pathname + location.search);
  });
}

settleSent();
for (const form of user ? document.querySelectorAll("form[data-draft]") : []) {
  restore(form);
  form.addEventListener("input", () => keep(form));
  form.addEventListener("htmx:afterSettle", (event) => { if ("rows" in event.target.dataset) keep(form); });
  form.addEventListener("submit", () => remember(PENDING, keyOf(form)));
}
for (const form of user ? document.querySelectorAll("form[action$='/sign-out']") : []) {
  form.addEventListener("submit", () => { forgetAll(`draft:${user}:`); forget(PENDING); });
}
