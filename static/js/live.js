// Keeps the public page true: asks "has it changed?" when the stream tells of something, and every 30 s where there is no
// stream; changes only what differs. What a web server shows in our place says by a file until when it was true.
import { morph, parse } from "./morph.js";
import { listen } from "./stream.js";
import { ago, fullTime } from "./time.js";
import { say } from "./words.js";

const EVERY = 30_000;
// The page is published some tenths of a second after the event, and not everybody shall ask at once.
const SOONEST = 300;
const SPREAD = 900;
// A page that is published under load is a little later: each time it is given longer.
const AGAIN = 2_400;
const TRIES = 5;
// Such a file is written once a minute.
const OLD = 180;
const KINDS = "INCIDENT_CREATED INCIDENT_UPDATED INCIDENT_STATUS_CHANGED INCIDENT_UPDATE_POSTED INCIDENT_REOPENED INCIDENT_UPDATE_PROMISED INCIDENT_UPDATE_OVERDUE POSTMORTEM_PUBLISHED POSTMORTEM_CHANGED SERVICE_STATUS_CHANGED SERVICE_COUNTING_CHANGED COMPONENT_STATUS_CHANGED COMPONENT_COUNTING_CHANGED MAINTENANCE_SCHEDULED MAINTENANCE_CHANGED MAINTENANCE_STARTED MAINTENANCE_UPDATE_POSTED MAINTENANCE_COMPLETED MAINTENANCE_CANCELLED".split(" ");
const main = document.querySelector("main[data-live]");
const line = document.querySelector("#updated");
const announcer = document.querySelector("#announcer");
let etag = null;
// What was old when it came is no fresher for having come.
let heard = Date.parse(document.querySelector(".stale time")?.dateTime) || performance.timeOrigin;
let asOf = main?.dataset.asOf ?? null;
let failed = false;
let soon = 0;
let tries = 0;

const spoken = (root) => new Set([...root.querySelectorAll("[data-say]")].map((element) => element.dataset.say));

function announce(before) {
  const news = [...spoken(main)].filter((words) => !before.has(words));
  if (news.length) announcer.textContent = say("Status update. {news}.", { news: news.slice(0, 4).join(". ") });
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
  const seconds = (Date.now() - heard) / 1000;
  const age = ago(seconds);
  const shown = { time: asOf ? `${fullTime(heard)} (${age})` : age };
  const old = asOf && seconds > OLD;
  const said = old ? say("This page may be out of date: it shows the state of {time}.", shown) : asOf ? say("As of {time}", shown) : say("Page checked {time}", shown);
  line.textContent = failed ? say("No connection. This is the state of {time}.", shown) : said;
  line.classList.toggle("stale", failed || old);
}

async function readAge() {
  const answer = await fetch(asOf, { cache: "no-store" });
  if (!answer.ok) throw new Error(answer.statusText);
  const said = await answer.json();
  heard = Date.parse(said.as_of ?? answer.headers.get("Last-Modified"));
}

async function ask() {
  if (document.hidden) return;
  try {
    const answer = await fetch(location.pathname + location.search, { cache: "no-store", headers: etag ? { "If-None-Match": etag } : {} });
    if (answer.status !== 304) {
      if (!answer.ok) throw new Error(answer.statusText);
      const fresh = parse(await answer.text());
      if (!fresh.querySelector("main[data-live]")) throw new Error("not this page");
      etag = answer.headers.get("ETag");
      show(fresh);
    }
    heard = Date.now() - 1000 * (Number(answer.headers.get("Age")) || 0);
    asOf = main.dataset.asOf ?? answer.headers.get("OpStatus-As-Of");
    if (asOf) await readAge();
    failed = false;
  } catch {
    failed = true;
  }
  tellAge();
}

async function askForNews() {
  const before = etag;
  const left = tries - 1;
  tries = 0;
  await ask();
  // What was heard meanwhile has its own tries.
  if (etag === before) tries ||= left;
  soon = tries > 0 ? setTimeout(askForNews, AGAIN * Math.max(1, TRIES - tries)) : 0;
}

if (main && line) {
  const hear = () => { tries = TRIES; soon ||= setTimeout(askForNews, SOONEST + Math.random() * SPREAD); };
  const stream = asOf ? { isOpen: () => false } : listen("/api/v1/stream/public", KINDS, hear, hear);
  if (asOf) readAge().catch(() => { failed = true; }).finally(tellAge);
  else tellAge();
  setInterval(tellAge, 5_000);
  setInterval(() => { if (!stream.isOpen() || Date.now() - heard > 1.5 * EVERY) ask(); }, EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && Date.now() - heard > EVERY) ask(); });
  addEventListener("pageshow", (event) => { if (event.persisted) ask(); });
}
