// Choosing whom to take along. Without this script the page offers the printed sheet.
const phone = self.palmsPhone;
const { page, find, tell, text } = phone.visits;
const form = find("take");
const button = form?.querySelector("[type=submit]");

const record = await phone.visits.taken();
if (!form) {
  // nobody to choose
} else if (!phone.canKeep()) {
  find("cannot").hidden = false;
} else {
  find("able").hidden = false;
  if (record) {
    find("kept").hidden = false;
    find("kept-said").textContent = text("kept", { DAY: phone.day(record.until_day) });
    const along = new Set(record.pack.learners.map((each) => each.enrolment));
    for (const box of form.querySelectorAll("[name=learner]")) box.checked ||= along.has(box.value);
  }
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (button.disabled) return;
  const chosen = [...form.querySelectorAll("[name=learner]:checked")].map((box) => box.value);
  if (!chosen.length) return tell("choose", true);
  if (chosen.length > Number(form.dataset.most)) return tell("too_many", true);
  button.disabled = true;
  tell("taking");
  try {
    await phone.visits.takeAlong(chosen);
    location.assign(`${phone.visits.listUrl()}?taken=1`);
  } catch (error) {
    tell(error.name === "QuotaExceededError" ? "full" : "failed", true);
    button.disabled = false;
  }
});
page.hidden = false;
