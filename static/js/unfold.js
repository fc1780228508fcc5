// A link to a section whose form is folded away opens it and puts the cursor into its first field.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const aim = link && document.querySelector(link.hash);
  const details = aim?.querySelector(":scope > details") ?? aim?.closest("details");
  if (!details) return;
  event.preventDefault();
  details.open = true;
  details.querySelector("input:not([type=hidden]), textarea, select")?.focus({ preventScroll: true });
  details.scrollIntoView();
});
