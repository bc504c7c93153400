// Saves an answer of the knowledge check as it is given: a choice the moment it is made, what is typed after a pause in
// typing. The page works without this file: "Save and continue" saves the same. Answers are sent one after another, so
// that the last one given is the one that counts.
const PAUSE = 1500;

const form = document.querySelector("form[data-saves-to]");
const said = form?.querySelector(".palms-saved");

let queue = Promise.resolve();
let newest = 0;
let waiting = 0;
let pause;
let sent = form && spelled();
let numbered = sent;

form?.addEventListener("change", save);
form?.addEventListener("input", (event) => {
  if (!event.target.matches("textarea, input[type=text]")) return;
  if (spelled() !== sent && !onPhone()) said.textContent = ""; // what stands there was said of fewer words
  clearTimeout(pause);
  pause = setTimeout(save, PAUSE);
});

// Whoever turns to another page or app in the middle of a sentence finds it again. What is sent here may outlive the page.
document.addEventListener("visibilitychange", () => {
  if (!form || document.visibilityState !== "hidden" || spelled() === sent || onPhone()) return;
  number();
  send(new FormData(form), true).catch(() => {});
});

function save() {
  clearTimeout(pause);
  if (spelled() === sent || onPhone()) return;
  number();
  sent = spelled();
  const answer = new FormData(form);
  const mine = (newest += 1);
  say("", mine);
  waiting += 1;
  queue = queue
    .then(() => self.palmsPhoneReady?.catch(() => {}))
    .then(() => onPhone() || send(answer)) // an answer that was quicker than the phone's own script is kept by that one
    .then(
      () => onPhone() || say("saved", mine),
      () => {
        if (mine === newest) sent = undefined; // the next change sends it again, also when it only changes back
        say("failed", mine);
      },
    )
    .finally(() => (waiting -= 1));
}

// An answer still on its way must not arrive after the one that the button sends.
form?.addEventListener("submit", (event) => {
  clearTimeout(pause);
  if (onPhone()) return;
  number();
  if (!waiting) return;
  event.preventDefault();
  queue.then(() => form.requestSubmit(event.submitter));
});

// Each answer has a number of its own, which the button sends again: sent twice it is there once.
function number() {
  if (spelled() === numbered) return;
  form.elements.given_id.value = crypto.randomUUID?.() ?? "";
  numbered = spelled();
}

// A module kept on this phone saves there first; see offline-study.js.
function onPhone() {
  return form.hasAttribute("data-kept");
}

function spelled() {
  return new URLSearchParams(new FormData(form)).toString();
}

async function send(given, keepalive = false) {
  const answer = await fetch(form.dataset.savesTo, {
    method: "POST",
    body: new URLSearchParams(given),
    headers: { "X-LMS-CSRF": given.get("lms_csrf_token"), Accept: "application/json" },
    credentials: "same-origin",
    signal: AbortSignal.timeout(10_000),
    redirect: "error", // somebody signed out meanwhile would be led to the sign-in page, which is no saving
    keepalive,
  });
  if (!answer.ok) throw new Error(String(answer.status));
}

// Only the newest answer is spoken of: what an older request came to is no longer true of the page.
function say(what, mine) {
  if (mine !== newest || (what === "saved" && spelled() !== sent)) return;
  said.textContent = said.dataset[what] ?? "";
  said.classList.toggle("palms-saved--failed", what === "failed");
}
