// A message that can be taken back for some seconds is offered for as long, and then said to be on its way.
for (const form of document.querySelectorAll("form.undo")) {
  setTimeout(() => {
    const gone = document.createElement("span");
    gone.textContent = "The message is on its way.";
    const held = form.contains(document.activeElement);
    form.querySelector("span").replaceWith(gone);
    form.querySelector("button").remove();
    if (held) { gone.tabIndex = -1; gone.focus(); }
  }, form.dataset.seconds * 1000);
}
