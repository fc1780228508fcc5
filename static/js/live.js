// Keeps the public page true: asks "has it changed?" when the stream tells of something, and every 30 s where there is no
// stream; changes only what differs.
import { morph, parse } from "./morph.js";
import { listen } from "./stream.js";
import { ago } from "./time.js";

const EVERY = 30_000;
// The page is published some tenths of a second after the event, and not everybody shall ask at once.
const SOONEST = 300;
const SPREAD = 900;
const AGAIN = 2_500;
const KINDS = "INCIDENT_CREATED INCIDENT_UPDATED INCIDENT_STATUS_CHANGED INCIDENT_UPDATE_POSTED INCIDENT_REOPENED SERVICE_STATUS_CHANGED SERVICE_COUNTING_CHANGED COMPONENT_STATUS_CHANGED COMPONENT_COUNTING_CHANGED MAINTENANCE_SCHEDULED MAINTENANCE_CHANGED MAINTENANCE_STARTED MAINTENANCE_UPDATE_POSTED MAINTENANCE_COMPLETED MAINTENANCE_CANCELLED".split(" ");
const main = document.querySelector("main[data-live]");
const line = document.querySelector("#updated");
const announcer = document.querySelector("#announcer");
let etag = null;
// What was old when it came is no fresher for having come.
let heard = Date.parse(document.querySelector(".stale time")?.dateTime) || performance.timeOrigin;
let failed = false;
let soon = 0;

const spoken = (root) => new Set([...root.querySelectorAll("[data-say]")].map((element) => element.dataset.say));

function announce(before) {
  const news = [...spoken(main)].filter((words) => !before.has(words));
  if (news.length) announcer.textContent = `Status update. ${news.slice(0, 4).join(". ")}.`;
}

function show(fresh) {
  const before = spoken(main);
  morph(main, fresh.querySelector("main"));
  document.title = fresh.title;
  const [icon, wanted] = [document, fresh].map((page) => page.querySelector("link[rel=icon]"));
  if (icon.href !== wanted.href) icon.href = wanted.href;
  document.dispatchEvent(new Event("page:changed"));
  announce(before);
}

function tellAge() {
  const age = ago((Date.now() - heard) / 1000);
  line.textContent = failed ? `No connection. This is the state of ${age}.` : `Page checked ${age}`;
  line.classList.toggle("stale", failed);
}

async function ask() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.pathname, { cache: "no-store", headers: etag ? { "If-None-Match": etag } : {} });
    if (answer.status !== 304) {
      if (!answer.ok) throw new Error(answer.statusText);
      const fresh = parse(await answer.text());
      if (!fresh.querySelector("main[data-live]")) throw new Error("not this page");
      etag = answer.headers.get("ETag");
      show(fresh);
    }
    heard = Date.now() - 1000 * (Number(answer.headers.get("Age")) || 0);
    failed = false;
  } catch {
    failed = true;
  }
  tellAge();
}

async function askForNews(tries) {
  const before = etag;
  await ask();
  soon = etag === before && tries > 1 ? setTimeout(askForNews, AGAIN, tries - 1) : 0;
}

if (main && line) {
  const stream = listen("/api/v1/stream/public", KINDS, () => { soon ||= setTimeout(askForNews, SOONEST + Math.random() * SPREAD, 2); });
  tellAge();
  setInterval(tellAge, 5_000);
  setInterval(() => { if (!stream.isOpen() || Date.now() - heard > 1.5 * EVERY) ask(); }, EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && Date.now() - heard > EVERY) ask(); });
  addEventListener("pageshow", (event) => { if (event.persisted) ask(); });
}
