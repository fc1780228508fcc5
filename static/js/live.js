// Keeps the public page true: asks again every 30 s, only "has it changed?", and changes only what differs.
import { morph, parse } from "./morph.js";
import { ago } from "./time.js";

const EVERY = 30_000;
const main = document.querySelector("main[data-live]");
const line = document.querySelector("#updated");
const announcer = document.querySelector("#announcer");
let etag = null;
// What was old when it came is no fresher for having come.
let heard = Date.parse(document.querySelector(".stale time")?.dateTime) || performance.timeOrigin;
let failed = false;

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
  line.textContent = failed ? `No connection. This is the state of ${age}.` : `Updated ${age}`;
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

if (main && line) {
  tellAge();
  setInterval(tellAge, 5_000);
  setInterval(ask, EVERY);
  document.addEventListener("visibilitychange", () => { if (!document.hidden && Date.now() - heard > EVERY) ask(); });
  addEventListener("pageshow", (event) => { if (event.persisted) ask(); });
}
