// Hears by server-sent events that something has changed. A short visit opens no line, a hidden tab keeps none for long,
// and where none is to be had the page goes on asking from time to time.
const SETTLE = 2_000;
const HIDDEN = 15_000;
const REFUSED = 60_000;

// `hear` is called for each event of these kinds, and whenever the line stands: something may have been missed; `refused`
// where there is none to be had.
export function listen(address, kinds, hear, refused = () => {}) {
  let line = null;
  let timer = 0;

  const later = (act, wait) => { clearTimeout(timer); timer = setTimeout(act, wait); };
  const close = () => { clearTimeout(timer); line?.close(); line = null; };

  function open() {
    if (line || document.hidden) return;
    line = new EventSource(address);
    line.addEventListener("open", hear);
    for (const kind of kinds) line.addEventListener(kind, hear);
    line.addEventListener("error", () => {
      if (line?.readyState !== EventSource.CLOSED) return;
      close();
      refused();
      later(open, REFUSED * (1 + Math.random()));
    });
  }

  if ("EventSource" in window) {
    later(open, SETTLE);
    document.addEventListener("visibilitychange", () => document.hidden ? later(close, HIDDEN) : later(open, 0));
    addEventListener("pagehide", close);
    addEventListener("pageshow", (event) => { if (event.persisted) later(open, 0); });
  }
  return { isOpen: () => line?.readyState === EventSource.OPEN };
}
