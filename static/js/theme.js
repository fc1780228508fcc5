import { forget, recall, remember } from "./memory.js";

const NEXT = { system: "light", light: "dark", dark: "system" };
const WORDS = { system: "as the system", light: "light", dark: "dark" };

function show(button, theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  button.querySelector("span").textContent = `Theme: ${WORDS[theme]}`;
}

for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  let theme = recall("theme") ?? "system";
  button.hidden = false;
  show(button, theme);
  button.addEventListener("click", () => {
    theme = NEXT[theme];
    if (theme === "system") forget("theme");
    else remember("theme", theme);
    show(button, theme);
  });
}
