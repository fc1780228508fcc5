// What the browser remembers. Storage may be full or forbidden: then nothing is remembered and nothing breaks.
export function recall(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}
export function remember(key, value) {
  try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* not remembered */ }
}
export function forgetAll(prefix) {
  try { for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key); } catch { /* nothing was kept */ }
}
export function forget(key) {
  try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
}
