// Shows how far a work for many is, every few seconds, and opens the page anew once it is through. Without this file
// "Look again" does the same.
const EVERY = 4_000;
const shown = document.querySelector("[data-for-many]");

if (shown) setTimeout(look, EVERY);

async function look() {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.querySelector("[data-for-many]");
    if (answer.ok && found?.dataset.forMany !== shown.dataset.forMany) return location.reload();
    if (found) shown.replaceChildren(...found.childNodes);
  } catch {
    // no line just now: the next look comes by itself
  }
  setTimeout(look, EVERY);
}
