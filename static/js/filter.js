// A changed filter shows its results at once and stands in the address. Without this, the form's button does the same.
import { morph, parse } from "./morph.js";

const PAUSE = 300;

function address(form) {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value !== ""));
  return query.size ? `?${query}` : location.pathname;
}

async function apply(form, state) {
  state.asked?.abort();
  state.asked = new AbortController();
  const url = address(form);
  try {
    const answer = await fetch(url, { signal: state.asked.signal });
    if (!answer.ok || answer.redirected) return form.submit();
    const fresh = parse(await answer.text());
    for (const selector of [form.dataset.filter, ".result-count"]) {
      const [live, wanted] = [document.querySelector(selector), fresh.querySelector(selector)];
      if (live && wanted) morph(live, wanted);
    }
    history.replaceState(null, "", url);
    document.dispatchEvent(new Event("page:changed"));
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
  }
}

for (const form of document.querySelectorAll("form[data-filter]")) {
  const state = {};
  form.addEventListener("input", () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => apply(form, state), PAUSE);
  });
}
