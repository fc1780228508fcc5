// Ctrl-K: go to a page, an incident or a service by a few letters. It asks the search page and shows its links.
import { makeDialog } from "./dialog.js";
import { parse } from "./morph.js";

const PAUSE = 150;
const form = document.querySelector("form.search");
const state = {};

function placesLike(text) {
  const links = [...document.querySelectorAll(".sidebar a, .declare")];
  return links.filter((link) => link.textContent.toLowerCase().includes(text)).map(entry);
}

function entry(link) {
  const item = document.createElement("li");
  const copy = Object.assign(document.createElement("a"), { href: link.href, textContent: link.textContent.trim() });
  item.append(copy);
  return item;
}

async function found(text) {
  if (!text) return [];
  const url = new URL(form.action);
  url.searchParams.set("q", text);
  const answer = await fetch(url, { signal: state.asked.signal });
  return answer.ok ? [...parse(await answer.text()).querySelectorAll("a[data-hit]")].slice(0, 10).map(entry) : [];
}

async function show(list, input) {
  const text = input.value.trim().toLowerCase();
  state.asked?.abort();
  state.asked = new AbortController();
  list.replaceChildren(...placesLike(text));
  try {
    const hits = await found(text);
    list.append(...hits);
    if (!list.firstChild) list.append(Object.assign(document.createElement("li"), { className: "muted", textContent: "Nothing found." }));
  } catch { /* a newer question is on its way */ }
}

function move(event, dialog) {
  const stops = [dialog.querySelector("input"), ...dialog.querySelectorAll("a")];
  // In a search field the browser's own Escape empties the field first.
  if (event.key === "Escape") return event.preventDefault(), dialog.close();
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Enter" && event.target === stops[0]) return stops[1]?.click();
  if (!step) return;
  event.preventDefault();
  stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
}

function open() {
  if (document.querySelector("dialog[open]")) return;
  const input = Object.assign(document.createElement("input"), { type: "search", autocomplete: "off", maxLength: 200 });
  input.setAttribute("aria-label", "Page, incident or service");
  const list = Object.assign(document.createElement("ul"), { className: "palette-list" });
  list.setAttribute("aria-live", "polite");
  const dialog = makeDialog("Go to", input, list);
  dialog.classList.add("palette");
  input.addEventListener("input", () => { clearTimeout(state.timer); state.timer = setTimeout(() => show(list, input), PAUSE); });
  dialog.addEventListener("keydown", (event) => move(event, dialog));
  dialog.addEventListener("close", () => dialog.remove());
  show(list, input);
  dialog.showModal();
  input.focus();
}

for (const button of form ? document.querySelectorAll("[data-palette]") : []) {
  button.hidden = false;
  button.addEventListener("click", open);
}
if (form) document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    open();
  }
});
