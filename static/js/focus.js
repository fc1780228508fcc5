// After a refused form the summary of errors is the place to be, after a post the bar that can take it back.
document.querySelector("[data-focus]")?.focus();
