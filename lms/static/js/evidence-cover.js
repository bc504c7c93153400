// Covers up parts of a photo before it leaves the device: boxes drawn by finger, mouse or keys. What is under a box is
// replaced by a few plain squares, from which nothing can be worked out, and the photo is drawn anew as a whole.
const LONGEST = 2400; // pixels of the longer side: as the server keeps it
const SQUARES = 4; // along the shorter side of a box
const STEP = 0.02;
const SMALLEST = 0.03;

let texts;
let say;
let stage;
let canvas;
let picture;
let boxes;
let chosen;

// Show the photo with its tools in `place`; gives the finished JPEG, or nothing when it is not to be used.
export function cover(bitmap, place, words, speak) {
  [texts, say, boxes, chosen] = [words, speak, [], undefined];
  picture = inSize(bitmap);
  const part = made("section", "palms-cover", "");
  const title = made("h3", "govuk-heading-s", texts.cover_title);
  title.id = "cover-title";
  title.tabIndex = -1;
  part.setAttribute("aria-labelledby", title.id);
  const help = made("p", "govuk-body", texts.cover_help);
  help.id = "cover-help";
  stage = made("div", "palms-cover__stage");
  canvas = made("canvas", "palms-cover__picture");
  [canvas.width, canvas.height] = [picture.width, picture.height];
  canvas.setAttribute("role", "img");
  stage.append(canvas);
  const first = tools([["cover_add", () => add(middle())], ...finder()]);
  const moving = tools(MOVES.map(([name, change]) => [name, () => chosen && moved(change)]));
  moving.setAttribute("role", "group");
  moving.setAttribute("aria-label", texts.cover_tools);
  const last = made("div", "palms-cover__tools");
  part.append(title, help, first, stage, moving, last);
  place.replaceChildren(part);
  drawing();
  draw();
  title.focus();
  part.scrollIntoView({ block: "start" });
  return new Promise((done) => {
    const end = (found) => {
      place.replaceChildren();
      done(found);
    };
    last.append(
      button("cover_use", () => canvas.toBlob((bytes) => end(bytes ?? undefined), "image/jpeg", 0.85), ""),
      button("cover_cancel", () => end(undefined)),
    );
  });
}

// The last of them takes a box away: it has no corner to move.
const MOVES = [
  ["cover_left", { x: -STEP }],
  ["cover_right", { x: STEP }],
  ["cover_up", { y: -STEP }],
  ["cover_down", { y: STEP }],
  ["cover_wider", { w: STEP }],
  ["cover_narrower", { w: -STEP }],
  ["cover_taller", { h: STEP }],
  ["cover_lower", { h: -STEP }],
  ["cover_remove", null],
];
const KEYS = { ArrowLeft: ["x", -1], ArrowRight: ["x", 1], ArrowUp: ["y", -1], ArrowDown: ["y", 1] };

function inSize(bitmap) {
  const by = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
  const sized = document.createElement("canvas");
  sized.width = Math.max(1, Math.round(bitmap.width * by));
  sized.height = Math.max(1, Math.round(bitmap.height * by));
  sized.getContext("2d").drawImage(bitmap, 0, 0, sized.width, sized.height);
  bitmap.close();
  return sized;
}

// ---- boxes: places and sizes are shares of the picture ----

function add(box) {
  const element = made("button", "palms-cover__box");
  element.type = "button";
  element.append(made("span", ""));
  element.setAttribute("aria-describedby", "cover-help");
  const own = { ...box, element };
  element.addEventListener("focus", () => choose(own));
  element.addEventListener("keydown", (event) => keyed(event, own));
  element.addEventListener("pointerdown", (event) => dragged(event, own));
  boxes.push(own);
  stage.append(element);
  inside(own);
  renumber();
  choose(own);
  draw();
  element.focus({ preventScroll: true });
  return own;
}

function middle() {
  return { x: 0.35, y: 0.35, w: 0.3, h: 0.3 };
}

function choose(box) {
  chosen = box;
  for (const each of boxes) each.element.classList.toggle("palms-cover__box--chosen", each === box);
}

function moved(change) {
  if (!change) return remove(chosen);
  for (const [name, by] of Object.entries(change)) chosen[name] += by;
  inside(chosen);
  draw();
}

function remove(box) {
  box.element.remove();
  boxes = boxes.filter((each) => each !== box);
  renumber();
  choose(boxes.at(-1));
  draw();
  (chosen?.element ?? stage.parentElement.querySelector("button")).focus({ preventScroll: true });
}

function keyed(event, box) {
  if (event.key === "Delete" || event.key === "Backspace") {
    event.preventDefault();
    return remove(box);
  }
  const key = KEYS[event.key];
  if (!key) return undefined;
  event.preventDefault();
  const [along, way] = key;
  return moved({ [event.shiftKey ? { x: "w", y: "h" }[along] : along]: way * STEP });
}

function inside(box) {
  box.w = Math.min(1, Math.max(SMALLEST, box.w));
  box.h = Math.min(1, Math.max(SMALLEST, box.h));
  box.x = Math.min(1 - box.w, Math.max(0, box.x));
  box.y = Math.min(1 - box.h, Math.max(0, box.y));
  for (const [side, value] of [["left", box.x], ["top", box.y], ["width", box.w], ["height", box.h]]) {
    box.element.style[side] = `${value * 100}%`;
  }
}

function renumber() {
  boxes.forEach((box, i) => {
    box.element.firstChild.textContent = i + 1;
    box.element.setAttribute("aria-label", texts.cover_box.replace("NUMBER", i + 1));
  });
  const sentence = texts.cover_boxes.replace("NUMBER", boxes.length);
  canvas.setAttribute("aria-label", sentence);
  say(sentence);
}

// ---- by finger or mouse ----

function place(event) {
  const frame = canvas.getBoundingClientRect();
  return { x: (event.clientX - frame.left) / frame.width, y: (event.clientY - frame.top) / frame.height };
}

function drawing() {
  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    const from = place(event);
    let box;
    follow(canvas, event, (to) => {
      const size = { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), w: Math.abs(to.x - from.x), h: Math.abs(to.y - from.y) };
      if (!box && Math.max(size.w, size.h) < SMALLEST) return; // a finger that only rests
      if (box) Object.assign(box, size);
      else box = add(size);
      inside(box);
      draw();
    });
  });
}

function dragged(event, box) {
  const from = place(event);
  const was = { x: box.x, y: box.y };
  follow(box.element, event, (to) => {
    [box.x, box.y] = [was.x + to.x - from.x, was.y + to.y - from.y];
    inside(box);
    draw();
  });
}

function follow(element, event, call) {
  element.setPointerCapture(event.pointerId);
  const go = (moving) => call(place(moving));
  const stop = () => element.removeEventListener("pointermove", go);
  element.addEventListener("pointermove", go);
  element.addEventListener("pointerup", stop, { once: true });
  element.addEventListener("pointercancel", stop, { once: true });
}

// ---- the picture ----

function draw() {
  const on = canvas.getContext("2d");
  on.drawImage(picture, 0, 0);
  for (const box of boxes) squares(on, box);
}

// The average colour of a few large squares. Taken from the picture itself and not from what lies there already, so that
// moving a box never leaves a trace of what was under it before.
function squares(on, { x, y, w, h }) {
  const left = Math.floor(x * picture.width);
  const top = Math.floor(y * picture.height);
  const wide = Math.min(picture.width - left, Math.ceil(w * picture.width));
  const tall = Math.min(picture.height - top, Math.ceil(h * picture.height));
  const side = Math.max(1, Math.ceil(Math.min(wide, tall) / SQUARES));
  const small = document.createElement("canvas");
  small.width = Math.max(1, Math.ceil(wide / side));
  small.height = Math.max(1, Math.ceil(tall / side));
  const within = small.getContext("2d");
  within.imageSmoothingQuality = "high";
  within.drawImage(picture, left, top, wide, tall, 0, 0, small.width, small.height);
  on.imageSmoothingEnabled = false;
  on.drawImage(small, 0, 0, small.width, small.height, left, top, wide, tall);
  on.imageSmoothingEnabled = true;
}

// Only where the browser itself can; nothing is ever fetched for it.
function finder() {
  if (!("FaceDetector" in globalThis)) return [];
  return [["cover_find", async () => {
    const found = await new globalThis.FaceDetector().detect(picture).catch(() => []);
    for (const { boundingBox: { x, y, width, height } } of found) {
      add({ x: x / picture.width, y: y / picture.height, w: width / picture.width, h: height / picture.height });
    }
    say(texts.cover_found.replace("NUMBER", found.length));
  }]];
}

// ---- small things ----

function made(kind, classes, text) {
  const element = document.createElement(kind);
  if (classes) element.className = classes;
  if (text) element.textContent = text;
  return element;
}

function button(name, call, kind = "govuk-button--secondary") {
  const element = made("button", `govuk-button ${kind}`, texts[name]);
  element.type = "button";
  element.addEventListener("click", call);
  return element;
}

function tools(each) {
  const group = made("div", "palms-cover__tools");
  group.append(...each.map(([name, call]) => button(name, call)));
  return group;
}
