// A modal dialog of the browser's own: it holds the focus, closes on Escape and gives the focus back.
export function makeDialog(title, ...parts) {
  const dialog = document.createElement("dialog");
  const heading = document.createElement("h2");
  heading.textContent = title;
  heading.id = `dialog-${document.querySelectorAll("dialog").length}`;
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.append(heading, ...parts);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  return dialog;
}

export function makeButton(label, kind, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = `button ${kind}`;
  button.textContent = label;
  button.addEventListener("click", act);
  return button;
}
