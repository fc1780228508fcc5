// What scripts say to the public. English stands in the code; a page in another language brings the words for it.
const words = JSON.parse(document.body.dataset.words ?? "{}");

export const say = (text, values = {}) => (words[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
