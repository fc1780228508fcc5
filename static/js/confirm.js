// `data-confirm` on a form or its button: the question is asked before the form is sent.
import { makeButton, makeDialog } from "./dialog.js";

function ask(question, label, act) {
  const row = document.createElement("div");
  row.className = "button-row";
  const dialog = makeDialog(question, row);
  const yes = makeButton(label, "primary", () => { dialog.close(); act(); });
  row.append(makeButton("Cancel", "", () => dialog.close()), yes);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}

const agreed = new WeakSet();

document.addEventListener("submit", (event) => {
  const form = event.target;
  const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
  if (!question || agreed.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(question, event.submitter?.textContent.trim() || "Go on", () => {
    agreed.add(form);
    form.requestSubmit(event.submitter);
  });
}, { capture: true });
