// A long list of boxes gets a box to find one in. Ticked ones stay in sight.
for (const list of document.querySelectorAll("[data-pick]")) {
  const find = document.createElement("input");
  find.type = "search";
  find.placeholder = list.dataset.pick;
  find.setAttribute("aria-label", list.dataset.pick);
  find.addEventListener("input", () => {
    const wanted = find.value.trim().toLowerCase();
    for (const group of list.children) {
      const items = [...group.querySelectorAll("[data-pick-item]")];
      for (const item of items) item.hidden = !item.textContent.toLowerCase().includes(wanted) && !item.querySelector("input:checked, option:checked:not([value=''])");
      if (items.length) group.hidden = items.every((item) => item.hidden);
    }
  });
  find.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  list.prepend(find);
}
