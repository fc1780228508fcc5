// The console shows the times of the profile's zone. Where the browser's clock shows others, one line offers to change that.
import { recall, remember } from "./memory.js";
import { here, isZone } from "./zone.js";

const line = document.querySelector("form[data-clocks]");
const zone = document.body.dataset.zone;

// Zones are one clock where they agree now, in winter and in summer.
function reading(name) {
  const clock = new Intl.DateTimeFormat("en-GB", { dateStyle: "short", timeStyle: "short", timeZone: name });
  const year = new Date().getUTCFullYear();
  return [Date.now(), Date.UTC(year, 0, 15), Date.UTC(year, 6, 15)].map((at) => clock.format(at)).join();
}

if (line && isZone(zone) && isZone(here) && recall("clocks") !== here && reading(zone) !== reading(here)) {
  line.elements.timezone.value = here;
  for (const place of line.querySelectorAll("[data-here]")) place.textContent = here.replaceAll("_", " ");
  line.querySelector("[data-keep]").addEventListener("click", () => { remember("clocks", here); line.remove(); });
  line.hidden = false;
}
