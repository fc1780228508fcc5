// Shows a banner on somebody's site while something is wrong or planned. docs/embedding.md has the line to paste.
(() => {
  const { src, dataset: { ahead = 24, position = "bottom" } } = document.currentScript;
  const base = new URL(".", src);
  const make = (name, textContent) => Object.assign(document.createElement(name), { textContent });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`:host{all:initial;position:fixed;inset-inline:0;${position === "top" ? "top" : "bottom"}:0;z-index:2147483000;color-scheme:light dark}
output:not(:empty){display:flex;flex-wrap:wrap;gap:.25rem .75rem;align-items:center;justify-content:center;padding:.6rem 1rem;
font:16px/1.4 system-ui,sans-serif;background:light-dark(#fff,#19212a);color:light-dark(#1f2a35,#e6ebf0);overflow-wrap:anywhere;
border-block:1px solid light-dark(#7d8995,#71808f);box-shadow:inset .4rem 0 light-dark(#2f5f96,#82aee4)}
.bad:not(:empty){box-shadow:inset .4rem 0 light-dark(#b3201f,#fa7b78)}
a{color:inherit}
button{font:inherit;color:inherit;background:none;border:1px solid;border-radius:4px;min-height:28px}
:focus-visible{outline:2px solid;outline-offset:2px}
@media print{:host{display:none}}`);
  const host = make("div");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet];
  // Its role is status.
  const box = make("output");
  root.append(box);
  let shown, closed, words;
  const say = (text, ...more) => (words?.[text] ?? text).replace(/{(.)}/g, (_, at) => more[at]);
  // A site may forbid storage: then it is dismissed until the next page.
  const keep = (text) => { try { return text ? (sessionStorage.opstatus = text) : sessionStorage.opstatus; } catch {} };
  const at = (time) => new Date(time).toLocaleString([], { dateStyle: "medium", timeStyle: "short" });

  const news = ({ status, headline, incidents: [first, ...more], maintenance }) => {
    if (first) return [say(more[0] ? "{0} ({1}) and {2} more" : "{0} ({1})", first.title, say(first.status), more.length), first.path];
    const work = maintenance.find((one) => one.status === "in_progress");
    if (work) return [say("{0}: until {1}", work.title, at(work.end)), work.path];
    if (status !== "operational") return [headline, ""];
    const plan = maintenance.find((one) => new Date(one.start) - Date.now() < ahead * 36e5);
    return plan && [say("{0}: planned for {1}", plan.title, at(plan.start)), plan.path];
  };

  const show = (state) => {
    ({ words } = state);
    const found = news(state);
    const next = found && `${state.status} ${found}`;
    if (next === shown) return;
    shown = next;
    box.replaceChildren();
    if (!next || next === closed || next === keep()) return;
    const link = make("a", say("Details"));
    link.href = new URL(found[1] || ".", base);
    const button = make("button", say("Dismiss"));
    button.onclick = () => {
      keep(closed = next);
      box.replaceChildren();
    };
    box.className = /outage|degraded/.test(state.status) && "bad";
    box.append(make("span", `${state.name}: ${found[0]}`), link, button);
  };

  // The site that it stands on is not to suffer from what fails here.
  const ask = () => document.hidden || fetch(new URL("widget.json", base), { credentials: "omit" }).then((answer) => answer.json()).then(show).catch(() => {});
  const begin = () => {
    document.body.append(host);
    ask();
    setInterval(ask, 6e4);
  };
  document.body ? begin() : addEventListener("DOMContentLoaded", begin);
})();
