// A button that moves the status chooses it in the update on the same page: what is said of it is written by a person, and
// what is typed there stays. Without this, the link brings the page with the status chosen.
const form = document.querySelector("#update form.update");

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-move]");
  const { status, message, public: seen } = form?.elements ?? {};
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (![...(status?.options ?? [])].some((option) => option.value === link.dataset.move)) return;
  event.preventDefault();
  status.value = link.dataset.move;
  seen.value = "yes";
  message.placeholder = link.dataset.example;
  for (const kind of ["change", "input"]) form.dispatchEvent(new Event(kind));
  message.focus({ preventScroll: true });
  form.closest("section").scrollIntoView();
});
