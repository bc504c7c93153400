// Keeps the section of a lesson that was reached, so that "Go on where you stopped" leads there, on another device too.
// The lesson works without this file, and without a signal: then the place that was kept before stays.
const text = document.querySelector("[data-place]");
const headings = [...(text?.querySelectorAll("[id^=section-]") ?? [])];
const ONWARD = 1_500; // rests this long where it was not before
const BACK = 15_000; // somebody who only scrolls up to the menu has not gone back

let kept = Number(text?.dataset.reached);
let waiting = 0;
let timer;

if (headings.length) {
  addEventListener("scroll", look, { passive: true });
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
  look();
}

function look() {
  const here = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight * 0.4).length;
  if (here === waiting) return;
  clearTimeout(timer);
  waiting = here;
  if (here && here !== kept) timer = setTimeout(keep, here > kept ? ONWARD : BACK);
}

function leave() {
  if (waiting > kept) keep();
}

function keep() {
  clearTimeout(timer);
  const section = waiting;
  const before = kept;
  kept = section;
  fetch(text.dataset.place, {
    method: "POST",
    body: new URLSearchParams({ section }),
    headers: { "X-LMS-CSRF": document.querySelector("[name=lms_csrf_token]").value },
    credentials: "same-origin",
    keepalive: true, // goes out although the page is left
    redirect: "error",
  }).then(
    (answer) => answer.ok || (kept = before),
    () => (kept = before), // no signal: told with the next section
  );
}
