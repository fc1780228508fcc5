// A message that can be taken back for some seconds is offered for as long; then the page says how it goes.
const WAITS = [2, 3, 5, 10, 20, 40];

for (const form of document.querySelectorAll("form.undo")) {
  setTimeout(() => {
    const said = say(form, [document.createTextNode("The message is on its way.")]);
    form.querySelector("button").remove();
    follow(form.dataset.at, said, 0);
  }, form.dataset.seconds * 1000);
}

function say(form, nodes) {
  const held = form.contains(document.activeElement);
  const said = document.createElement("span");
  said.replaceChildren(...nodes);
  form.querySelector("span").replaceWith(said);
  if (held) { said.tabIndex = -1; said.focus(); }
  return said;
}

// The page's own timeline says it; asked for again until all have gone, or for a minute.
function follow(at, said, turn) {
  if (turn < WAITS.length) setTimeout(async () => {
    let fate = null;
    try {
      const page = await (await fetch(location.href)).text();
      const found = new DOMParser().parseFromString(page, "text/html").querySelectorAll("[data-fate]");
      fate = [...found].find((one) => one.dataset.fate === at);
    } catch { /* the next turn asks again */ }
    if (fate) {
      said.replaceChildren(...document.importNode(fate, true).childNodes);
      // One count at one moment: the timeline here was drawn before.
      for (const one of document.querySelectorAll("[data-fate]")) {
        if (one.dataset.fate === at) one.replaceWith(document.importNode(fate, true));
      }
    }
    if (!fate || "waits" in fate.dataset) follow(at, said, turn + 1);
  }, WAITS[turn] * 1000);
}
