// Puts steps in order on the page itself: "Up", "Down" and the number of a step move it at once, the move is said aloud,
// and focus stays on what was used. The page works without this file: the buttons then ask the server to move the step.
const list = document.querySelector("[data-order]");
const said = document.querySelector("[data-order-said]");

list?.addEventListener("click", (event) => {
  const button = event.target.closest("[data-move]");
  if (!button) return;
  event.preventDefault();
  const step = button.closest("li");
  move(step, places().indexOf(step) + Number(button.dataset.move));
  // A button that can do no more is switched off and cannot hold focus: the other one of the same step takes it.
  (button.disabled ? step.querySelector("[data-move]:enabled") : button)?.focus();
  changed();
});

list?.addEventListener("change", (event) => {
  const select = event.target.closest("select");
  if (!select) return;
  move(select.closest("li"), Number(select.value) - 1);
  select.focus();
});

// What the browser filled in again after "Back" is not what the page shows.
window.addEventListener("pageshow", () => list && number());

function places() {
  return [...list.children];
}

function move(step, to) {
  const others = places().filter((each) => each !== step);
  const at = Math.max(0, Math.min(to, others.length));
  list.insertBefore(step, others[at] ?? null);
  number();
  const words = { STEP: step.querySelector("[data-text]").textContent.trim(), NUMBER: at + 1, TOTAL: others.length + 1 };
  said.textContent = list.dataset.moved.replace(/STEP|NUMBER|TOTAL/g, (word) => words[word]);
}

function number() {
  const steps = places();
  steps.forEach((step, i) => {
    step.querySelector("select").value = String(i + 1);
    const [up, down] = step.querySelectorAll("[data-move]");
    up.disabled = i === 0;
    down.disabled = i === steps.length - 1;
  });
}

// A button is no field, so nobody would hear of it: say that the answer changed.
function changed() {
  list.dispatchEvent(new Event("change", { bubbles: true }));
}
