// Keys come from the page: `data-key="c"` or `data-key="g i"` on a link, a button or a field. Off in fields, and for those who switch them off.
import { makeButton, makeDialog } from "./dialog.js";
import { recall, remember } from "./memory.js";

const PAUSE = 1000;
const FIXED = [["?", "This list"], ["/", "Search"], ["Ctrl K", "Go to anything"]];
let first = "";
let timer = 0;

const isOn = () => recall("shortcuts") !== false;
const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable], dialog") != null;
const isShown = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;

function keys() {
  const found = new Map();
  for (const element of document.querySelectorAll("[data-key]")) {
    const key = element.dataset.key;
    if (!found.has(key) || isShown(element)) found.set(key, element);
  }
  return found;
}

function rows() {
  const own = [...keys()].map(([key, element]) => [key, element.dataset.keyLabel ?? element.textContent.trim()]);
  return [...FIXED, ...own].flatMap(([key, words]) => {
    const [term, text] = [document.createElement("dt"), document.createElement("dd")];
    term.append(...key.split(" ").map((part) => Object.assign(document.createElement("kbd"), { textContent: part })));
    text.textContent = words;
    return [term, text];
  });
}

function showList() {
  const list = Object.assign(document.createElement("dl"), { className: "shortcuts" });
  list.append(...rows());
  const label = Object.assign(document.createElement("label"), { className: "choice" });
  const box = Object.assign(document.createElement("input"), { type: "checkbox", checked: isOn() });
  box.addEventListener("change", () => remember("shortcuts", box.checked));
  label.append(box, "Use single-key shortcuts");
  const row = Object.assign(document.createElement("div"), { className: "button-row" });
  const dialog = makeDialog("Keyboard shortcuts", list, label, row);
  row.append(makeButton("Close", "", () => dialog.close()));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}

function act(event, element) {
  event.preventDefault();
  if (isTyping(element)) element.focus();
  else element.click();
}

function press(event) {
  if (!isOn() || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (event.key === "?") return showList();
  if (event.key === "/") {
    event.preventDefault();
    return document.querySelector("#search-box")?.focus();
  }
  const known = keys();
  const element = known.get(first ? `${first} ${event.key}` : event.key);
  clearTimeout(timer);
  first = !element && [...known.keys()].some((key) => key.startsWith(`${event.key} `)) ? event.key : "";
  timer = setTimeout(() => { first = ""; }, PAUSE);
  if (element) act(event, element);
}

document.addEventListener("keydown", press);
for (const button of document.querySelectorAll("[data-shortcuts]")) {
  button.hidden = false;
  button.addEventListener("click", showList);
}
