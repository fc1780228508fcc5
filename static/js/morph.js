// Makes a live element like a fresh one by touching only what differs, so focus, scrolling and open details stay.
const IN_USE = "input, textarea, select";

function sameKind(live, fresh) {
  return live.nodeType === fresh.nodeType && live.nodeName === fresh.nodeName && (live.id ?? "") === (fresh.id ?? "");
}

function isSettled(live, fresh) {
  if (live.isEqualNode(fresh) || live.dataset.live === "off" || live.matches(IN_USE)) return true;
  return live.nodeName === "TIME" && live.dateTime === fresh.dateTime;
}

function copyAttributes(live, fresh) {
  const keep = live.nodeName === "DETAILS" ? "open" : "";
  for (const { name } of [...live.attributes]) if (name !== keep && !fresh.hasAttribute(name)) live.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (name !== keep && live.getAttribute(name) !== value) live.setAttribute(name, value);
}

function copyChildren(live, fresh) {
  const byId = new Map([...live.children].filter((child) => child.id).map((child) => [child.id, child]));
  let cursor = live.firstChild;
  for (const wanted of [...fresh.childNodes]) {
    const known = wanted.id ? byId.get(wanted.id) : cursor;
    if (known && sameKind(known, wanted)) {
      if (known === cursor) cursor = cursor.nextSibling;
      else live.insertBefore(known, cursor);
      morph(known, wanted);
    } else {
      live.insertBefore(document.importNode(wanted, true), cursor);
    }
  }
  while (cursor) {
    const next = cursor.nextSibling;
    cursor.remove();
    cursor = next;
  }
}

export function morph(live, fresh) {
  if (live.nodeType !== Node.ELEMENT_NODE) {
    if (live.data !== fresh.data) live.data = fresh.data;
    return;
  }
  if (isSettled(live, fresh)) return;
  copyAttributes(live, fresh);
  copyChildren(live, fresh);
}

export function parse(text) {
  return new DOMParser().parseFromString(text, "text/html");
}
