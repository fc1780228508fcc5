// The server writes UTC; this shows the viewer's zone, named, or how long ago. The UTC text stays in the title.
const FULL = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const UNITS = [[86400, "day"], [3600, "h"], [60, "min"], [1, "s"]];
const WEEK = 7 * 86400;

// The server's "Sep" is "Sept" to the browser.
const inWords = (format, at) => format.format(at).replace("Sept ", "Sep ");

export function fullTime(at) {
  return inWords(FULL, at);
}

export function ago(seconds) {
  const span = Math.abs(seconds);
  if (span < 5) return "just now";
  const [size, unit] = UNITS.find(([size]) => span >= size) ?? [1, "s"];
  const number = Math.floor(span / size);
  const words = `${number} ${unit}${unit === "day" && number !== 1 ? "s" : ""}`;
  return seconds < 0 ? `in ${words}` : `${words} ago`;
}

function write(time, now) {
  const at = new Date(time.dateTime);
  if (isNaN(at)) return;
  time.dataset.utc ??= time.textContent.trim();
  const seconds = (now - at) / 1000;
  const near = Math.abs(seconds) < WEEK;
  const mode = time.dataset.time;
  const full = inWords(FULL, at);
  let text = full;
  if (mode === "day") text = inWords(DAY, at);
  if (mode === "relative" && near) text = ago(seconds);
  if (mode === "both" && near) text = `${full} (${ago(seconds)})`;
  if (time.textContent !== text) time.textContent = text;
  time.title = mode === "relative" && near ? `${full}, ${time.dataset.utc}` : time.dataset.utc;
}

export function writeTimes() {
  const now = Date.now();
  for (const time of document.querySelectorAll("time[data-time]")) write(time, now);
}

writeTimes();
setInterval(writeTimes, 10_000);
document.addEventListener("visibilitychange", writeTimes);
document.addEventListener("page:changed", writeTimes);
