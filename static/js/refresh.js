// Regions renew themselves from time to time and when the stream tells of something (htmx asks, see the `refresh` tag), but
// never one whose form is in use, and not in a hidden tab.
import { morph } from "./morph.js";
import { listen } from "./stream.js";

const TOGETHER = 300;
// A storm of alerts shall not make every open page ask all the time.
const APART = 2000;
const KINDS = "INCIDENT_CREATED INCIDENT_UPDATED INCIDENT_STATUS_CHANGED INCIDENT_UPDATE_POSTED INCIDENT_ACKNOWLEDGED INCIDENT_ASSIGNED INCIDENT_REOPENED INCIDENT_MERGED INCIDENT_UPDATE_PROMISED INCIDENT_UPDATE_DUE INCIDENT_UPDATE_OVERDUE ONCALL_PAGED ONCALL_HELD ONCALL_UNANSWERED ONCALL_UNREACHED ALERT_RECEIVED ALERT_ACKNOWLEDGED ALERT_RESOLVED ALERT_EXPIRED ALERT_MOVED SILENCE_CREATED SILENCE_ENDED SERVICE_STATUS_CHANGED SERVICE_COUNTING_CHANGED SERVICE_CREATED SERVICE_CHANGED SERVICE_DELETED COMPONENT_STATUS_CHANGED COMPONENT_COUNTING_CHANGED COMPONENT_CREATED COMPONENT_CHANGED COMPONENT_DELETED HEARTBEAT_CONFIGURED HEARTBEAT_SWITCHED_OFF HEARTBEAT_PAUSED HEARTBEAT_RESUMED HEARTBEAT_TOKEN_ROTATED MAINTENANCE_SCHEDULED MAINTENANCE_CHANGED MAINTENANCE_REMINDER MAINTENANCE_STARTED MAINTENANCE_UPDATE_POSTED MAINTENANCE_COMPLETED MAINTENANCE_CANCELLED".split(" ");
let soon = 0;
let renewed = 0;

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

function renew() {
  soon = 0;
  renewed = Date.now();
  for (const region of document.querySelectorAll("[data-refresh]")) window.htmx?.trigger(region, "news");
}

if (document.querySelector("[data-refresh]")) {
  listen("/api/v1/stream/admin", KINDS, () => { soon ||= setTimeout(renew, Math.max(TOGETHER, renewed + APART - Date.now())); });
}

document.addEventListener("htmx:afterSwap", () => document.dispatchEvent(new Event("page:changed")));

window.htmx?.defineExtension("morph", {
  isInlineSwap: (style) => style === "morph",
  handleSwap(style, target, fragment) {
    if (style !== "morph" || !fragment.firstElementChild) return false;
    morph(target, fragment.firstElementChild);
    return [target];
  },
});
