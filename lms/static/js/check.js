// Saves a choice of the knowledge check the moment it is made. The page works without this file: "Save and continue"
// saves the same. Choices are sent one after another, so that the last one made is the one that counts.
const form = document.querySelector("form[data-saves-to]");
const said = form?.querySelector("[role=status]");

let queue = Promise.resolve();
let newest = 0;
let waiting = 0;

form?.addEventListener("change", () => {
  const choice = new FormData(form);
  const mine = (newest += 1);
  say("", mine);
  waiting += 1;
  queue = queue
    .then(() => send(choice))
    .then(
      () => say("saved", mine),
      () => say("failed", mine),
    )
    .finally(() => (waiting -= 1));
});

// A choice still on its way must not arrive after the one that the button sends.
form?.addEventListener("submit", (event) => {
  if (!waiting) return;
  event.preventDefault();
  queue.then(() => form.requestSubmit());
});

async function send(choice) {
  const answer = await fetch(form.dataset.savesTo, {
    method: "POST",
    body: new URLSearchParams(choice),
    headers: { "X-LMS-CSRF": choice.get("lms_csrf_token"), Accept: "application/json" },
    credentials: "same-origin",
    signal: AbortSignal.timeout(10_000),
    redirect: "error", // somebody signed out meanwhile would be led to the sign-in page, which is no saving
  });
  if (!answer.ok) throw new Error(String(answer.status));
}

// Only the newest choice is spoken of: what an older request came to is no longer true of the page.
function say(what, mine) {
  if (mine !== newest) return;
  said.textContent = said.dataset[what] ?? "";
  said.classList.toggle("palms-saved--failed", what === "failed");
}
