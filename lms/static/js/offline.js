// The door to working with no signal: studying, and visits to learners. A page asks for the rest only where something is kept on this phone, waits to be
// sent, or could be kept; everybody else pays for this file alone. Every page works without it.
const part = document.getElementById("palms-phone");
const PATIENCE = 10_000;

// Other scripts wait for this before they send something themselves that belongs on the phone first.
const letGo = hold();
self.palmsPhoneReady = ready().finally(letGo);

async function ready() {
  if (part && (document.querySelector("[data-keep], [data-phone-page], [data-visits]") || (await kept()))) await begin();
}

// Whoever presses before the rest is here must not be sent off without it: with no signal that leads nowhere, and what
// was answered would be gone. The press is held, and counts when the rest is here.
function hold() {
  if (!navigator.serviceWorker?.controller || !document.querySelector("form[data-phone]")) return () => {};
  let pressed;
  const keep = (event) => {
    if (!event.target.matches("form[data-phone]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = event;
  };
  const free = () => {
    clearTimeout(late);
    removeEventListener("submit", keep, true);
    pressed?.target.requestSubmit(pressed.submitter);
    pressed = undefined;
  };
  const late = setTimeout(free, PATIENCE);
  addEventListener("submit", keep, true);
  return free;
}

// The service worker is there exactly while something is kept here; unlike a note in local storage it is still there
// when the battery died a moment after.
async function kept() {
  try {
    return Boolean(await navigator.serviceWorker?.getRegistration(part.dataset.root));
  } catch {
    return false; // a browser that keeps nothing
  }
}

// One after the other: each builds on the one before. The mark at the end of our own address belongs on theirs too, so
// that scripts of two versions never meet.
async function begin() {
  const { search } = new URL(import.meta.url);
  for (const name of ["../vendor/idb.js", "offline-store.js", "offline-send.js", "offline-strip.js"]) await load(name);
  if (document.querySelector("form[data-phone], [data-answer-to], .govuk-task-list, [data-check-go]")) await load("offline-study.js");
  if (document.querySelector("[data-keep], [data-phone-page], [data-visits]") || self.palmsPhone.online()) await load("offline-keep.js");
  if (document.querySelector("[data-phone-page]")) await load("offline-list.js");
  const visit = document.querySelector("[data-visits]")?.dataset.visits;
  if (visit) for (const name of ["visit-kept.js", `visit-${visit}.js`]) await load(name);

  function load(name) {
    return import(new URL(name + search, import.meta.url));
  }
}
