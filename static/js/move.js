// A button that moves the status fills in the update on the same page: nothing is public before somebody has read it, and
// what is typed there stays. Without this, the link brings the page with the form filled in.
const form = document.querySelector("#update form");

function isReady(text) {
  return text === "" || [...document.querySelectorAll("[data-sentence]")].some((link) => link.dataset.sentence === text);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-move]");
  const { status, message, public: seen } = form?.elements ?? {};
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (![...(status?.options ?? [])].some((option) => option.value === link.dataset.move)) return;
  event.preventDefault();
  status.value = link.dataset.move;
  seen.value = "yes";
  if (isReady(message.value.trim())) message.value = link.dataset.sentence;
  for (const kind of ["change", "input"]) form.dispatchEvent(new Event(kind));
  message.focus();
  form.scrollIntoView({ block: "nearest" });
});
