// Shows a choice on "How pages look" at once, by the same classes the server puts on <html>. The page works without
// this file: "Save" shows the choice as well.
const form = document.querySelector("form[data-preview]");
const said = form?.querySelector("[role=status]");
const kinds = { text_size: "text", spacing: "spacing", contrast: "contrast", motion: "motion" };
const asMade = ["normal", "device"];

form?.addEventListener("change", show);
window.addEventListener("pageshow", (event) => event.persisted && show());

function show() {
  const page = document.documentElement.classList;
  for (const [name, kind] of Object.entries(kinds)) {
    const chosen = form.elements[name].value;
    for (const other of form.elements[name]) page.remove(`palms-${kind}-${other.value}`);
    if (!asMade.includes(chosen)) page.add(`palms-${kind}-${chosen}`);
  }
  said.textContent = said.dataset.unsaved;
}
