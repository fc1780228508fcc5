// A time zone that nobody has chosen yet begins as the visitor's own.
export const here = Intl.DateTimeFormat().resolvedOptions().timeZone;

export function isZone(name) {
  try { return Boolean(name && new Intl.DateTimeFormat("en-GB", { timeZone: name })); } catch { return false; }
}

for (const field of document.querySelectorAll("[data-own-zone]")) field.value = here || field.value;
