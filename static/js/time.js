// Public pages are written in UTC, or in the zone of their settings: this shows the viewer's zone, named, or how long ago, and leaves the UTC text in the title.
// Pages of the console are written in the zone of the person's profile, and stay so: this adds how long ago alone.
import { isZone } from "./zone.js";

const OWN = document.body.dataset.zone;
const LANGUAGE = document.documentElement.lang;
const ENGLISH = LANGUAGE === "en";
// In another language as the server writes it: digits as here, and hours to 24.
const LOCALE = ENGLISH ? "en-GB" : `${LANGUAGE}-u-hc-h23-nu-latn`;
const FULL = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short", timeZone: isZone(OWN) ? OWN : undefined });
const DAY = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric" });
const UNITS = [[86400, "day", "day"], [3600, "h", "hour"], [60, "min", "minute"], [1, "s", "second"]];
const WEEK = 7 * 86400;

// The server's "Sep" is "Sept" to the browser.
const inWords = (format, at) => ENGLISH ? format.format(at).replace("Sept ", "Sep ") : format.format(at);
const relative = (number, unit, numeric) => new Intl.RelativeTimeFormat(LOCALE, { numeric, style: "short" }).format(number, unit);

export function fullTime(at) {
  return inWords(FULL, at);
}

export function ago(seconds) {
  const span = Math.abs(seconds);
  if (span < 5) return ENGLISH ? "just now" : relative(0, "second", "auto");
  const [size, unit, name] = UNITS.find(([size]) => span >= size);
  const number = Math.floor(span / size);
  if (!ENGLISH) return relative(seconds < 0 ? number : -number, name, "always");
  const words = `${number} ${unit}${unit === "day" && number !== 1 ? "s" : ""}`;
  return seconds < 0 ? `in ${words}` : `${words} ago`;
}

function write(time, now) {
  const at = new Date(time.dateTime);
  if (isNaN(at)) return;
  time.dataset.written ??= time.textContent.trim();
  const written = time.dataset.written;
  const seconds = (now - at) / 1000;
  const near = Math.abs(seconds) < WEEK;
  const mode = time.dataset.time;
  const full = OWN ? written : inWords(FULL, at);
  let text = full;
  if (mode === "day" && !OWN) text = inWords(DAY, at);
  if (mode === "relative" && near) text = ago(seconds);
  if (mode === "both" && near) text = `${full} (${ago(seconds)})`;
  if (time.textContent !== text) time.textContent = text;
  const utc = OWN || !written.endsWith(" UTC") ? `${at.toISOString().slice(0, 16).replace("T", " ")} UTC` : written;
  time.title = mode === "relative" && near ? `${full}, ${utc}` : utc;
}

export function writeTimes() {
  const now = Date.now();
  for (const time of document.querySelectorAll("time[data-time]")) write(time, now);
}

writeTimes();
setInterval(writeTimes, 10_000);
document.addEventListener("visibilitychange", writeTimes);
document.addEventListener("page:changed", writeTimes);
