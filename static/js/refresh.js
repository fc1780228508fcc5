// Regions renew themselves (htmx asks, see the `refresh` tag), but never one whose form is in use, and not in a hidden tab.
import { morph } from "./morph.js";

function isTouched(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.nodeName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
}

function isInUse(region) {
  const active = document.activeElement;
  if (region.contains(active) && active.closest("form, .confirm[open]")) return true;
  const fields = region.querySelectorAll("textarea, select, input:not([type=hidden])");
  return [...fields].some(isTouched) || region.querySelector(".confirm[open]") !== null;
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const region = event.target;
  if (region.matches?.("[data-refresh]") && (document.hidden || isInUse(region))) event.preventDefault();
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const region = event.detail.target;
  if (region.matches?.("[data-refresh]") && isInUse(region)) event.detail.shouldSwap = false;
});
document.addEventListener("htmx:afterSwap", () => document.dispatchEvent(new Event("page:changed")));

window.htmx?.defineExtension("morph", {
  isInlineSwap: (style) => style === "morph",
  handleSwap(style, target, fragment) {
    if (style !== "morph" || !fragment.firstElementChild) return false;
    morph(target, fragment.firstElementChild);
    return [target];
  },
});
