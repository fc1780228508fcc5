// Menus are <details>; this closes them when the focus or a click goes elsewhere, and on Escape.
const openMenus = () => document.querySelectorAll("details.menu[open]");

function closeOthers(event) {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
}

document.addEventListener("click", closeOthers);
document.addEventListener("focusin", closeOthers);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of openMenus()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
