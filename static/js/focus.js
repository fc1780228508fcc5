// After a refused form the summary of errors is the place to be.
document.querySelector("[data-focus]")?.focus();
