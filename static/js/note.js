// A note moves no status and promises nothing to the public: the fields for that are off while it is one.
const form = document.querySelector("#update form.update");

function settle() {
  const { status, estimated_resolution: promised, public: seen } = form.elements;
  for (const field of [status, promised]) if (field) field.disabled = seen.value === "no";
}

if (form) {
  form.addEventListener("change", settle);
  form.addEventListener("reset", () => setTimeout(settle));
  settle();
}
