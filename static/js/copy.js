// `<button data-copy="id" hidden>`: copies the text of that element, or what stands in that field. Without this it can be selected and copied by hand.
const SAID = "Copied";

async function copy(button) {
  const what = document.getElementById(button.dataset.copy);
  await navigator.clipboard.writeText((what.value ?? what.textContent).trim());
  const label = button.firstChild;
  const before = label.nodeValue;
  if (before === SAID) return;
  label.nodeValue = SAID;
  setTimeout(() => { label.nodeValue = before; }, 2000);
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });
}
