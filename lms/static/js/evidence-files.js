// Files in an evidence form: asked about first, covered up where somebody should not be seen, then sent piece by piece,
// going on where it stopped. The form works without this file: the file then goes with the form.
const part = document.querySelector("[data-files]");
const form = part?.closest("form");
const texts = part && JSON.parse(part.dataset.texts);
const list = part?.querySelector("[data-files-list]");
const field = form?.elements.files;
const chosen = form?.elements.file;
const sending = new Set(); // the items on the page whose file is on its way, from the moment of “Add this file”

const ENDINGS = {
  photo: /\.(jpe?g|png|webp|heic)$/i,
  document: /\.pdf$/i,
  voice: /\.(m4a|aac|mp3|oga|ogg|opus|wav|weba)$/i,
  video: /\.(mp4|m4v|mov|webm)$/i,
};

if (part) begin();

function begin() {
  // The name goes, so that a picture as it was taken never travels with the form.
  chosen.removeAttribute("name");
  chosen.accept = "image/*,application/pdf,audio/*,video/*";
  form.addEventListener("submit", submitted);
  list.addEventListener("click", pressed);
  addEventListener("beforeunload", (event) => sending.size && event.preventDefault());
}

function submitted(event) {
  const button = event.submitter?.name;
  if (button === "add_file") {
    event.preventDefault();
    return add();
  }
  if (button === "use_file" || button === "drop_file") return;
  if (!sending.size && !chosen.files.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  say(sending.size ? texts.still_sending : texts.first_add, true);
  part.querySelector("[data-files-said]").scrollIntoView({ block: "center" });
  if (!sending.size) part.querySelector("[name=add_file]").focus({ preventScroll: true });
}

async function add() {
  const file = chosen.files[0];
  const answers = { in_it: form.elements.file_in_it.value, allowed: form.elements.file_allowed.checked };
  const kind = file && kindOf(file);
  const wrong = [
    ["file", !file ? texts.choose : !kind && texts.not_taken],
    ["file_in_it", !answers.in_it ? texts.say_who : answers.in_it === "not_agreed" && texts.not_agreed],
    ["file_allowed", !answers.allowed && texts.say_allowed],
  ].filter(([name, sentence]) => tell(name, sentence || ""));
  if (wrong.length) return focusOn(wrong[0][0]);
  const words = { called: form.elements.file_called.value, words: form.elements.file_words.value };
  const ready = kind === "photo" ? await covered(file) : file;
  if (!ready) return;
  const item = itemFor(kind, file, words);
  emptied();
  send(item, ready, { kind, name: file.name, in_it: answers.in_it });
}

// A photo is drawn anew here, with or without boxes: what the camera wrote into it stays on the device.
async function covered(file) {
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    tell("file", texts.not_opened);
    focusOn("file");
    return undefined;
  }
  const { cover } = await import(ours("evidence-cover.js"));
  const made = await cover(picture, part.querySelector("[data-files-cover]"), texts, say);
  if (!made) chosen.focus();
  return made;
}

async function send(item, bytes, about) {
  sending.add(item); // before anything is waited for: a form sent now would leave without the file
  const { start } = await import(ours("evidence-send.js"));
  const bar = item.querySelector("progress");
  const pause = item.querySelector("[data-file-pause]");
  const told = item.querySelector("[data-file-said]");
  const sender = await start(bytes, about, {
    tus: part.dataset.tus,
    at: part.dataset.begin,
    note: part.dataset.note,
    token: form.elements.lms_csrf_token.value,
    before: before(),
    texts,
    progress(percent) {
      bar.value = percent;
      told.textContent = texts.sending.replace("PERCENT", percent);
    },
    say(what, sentence = texts[what]) {
      told.textContent = sentence;
      say(sentence);
    },
    stopped() {
      pause.textContent = texts.go_on;
    },
    going() {
      pause.textContent = texts.pause;
    },
    refused(sentence) {
      sending.delete(item);
      bar.remove();
      pause.remove();
      told.textContent = sentence;
      told.classList.add("govuk-error-message");
      item.querySelector("[data-file-drop]").focus();
      say(sentence);
    },
    ready(found) {
      sending.delete(item);
      bar.remove();
      pause.remove();
      named(item, found);
    },
  });
  if (!sending.has(item)) return sender.drop(); // taken off the page while it was made ready
  item.sender = sender;
  pause.addEventListener("click", () => {
    sender.pause();
    pause.textContent = sender.paused ? texts.go_on : texts.pause;
    told.textContent = sender.paused ? texts.paused : "";
  });
  sender.go();
}

// Now it has a number, so it goes with the form, with what is said of it.
function named(item, found) {
  item.dataset.file = found.id;
  for (const [kind, name] of [["called", "input"], ["words", "textarea"]]) {
    const box = item.querySelector(`[data-file-words] ${name}`);
    box.name = box.id = `${kind}-${found.id}`;
    box.labels[0]?.setAttribute("for", box.id);
    box.closest(".govuk-form-group").querySelector("label").htmlFor = box.id;
  }
  item.querySelector("[data-file-words]").hidden = false;
  item.querySelector("[data-file-drop]").value = found.id;
  item.querySelector("strong[data-file-name]").textContent = [found.kind, found.plays, found.size].filter(Boolean).join(", ");
  if (found.thumbnail) {
    const small = new Image();
    small.className = "palms-files__thumbnail";
    small.alt = item.querySelector("textarea").value.slice(0, 200) || found.kind;
    small.src = found.thumbnail;
    item.prepend(small);
  }
  item.querySelector("[data-file-said]").textContent = texts.ready;
  say(texts.ready);
  field.value = [...field.value.split(",").filter(Boolean), found.id].join(",");
}

// "Remove" needs no page of its own here: what the server has of it is thrown away in passing.
async function pressed(event) {
  const button = event.target.closest("[data-file-drop]");
  if (!button) return;
  event.preventDefault();
  const item = button.closest("[data-file]");
  const id = item.dataset.file;
  sending.delete(item);
  if (item.sender) {
    item.sender.drop();
  } else if (id) {
    fetch(`${part.dataset.begin}/${id}`, {
      method: "DELETE",
      headers: { "X-LMS-CSRF": form.elements.lms_csrf_token.value, "Tus-Resumable": "1.0.0" },
      credentials: "same-origin",
      redirect: "error",
    }).catch(() => {}); // it is thrown away by itself after some days
  }
  field.value = field.value.split(",").filter((each) => each && each !== id).join(",");
  item.remove();
  say(texts.removed);
  chosen.focus();
}

function itemFor(kind, file, words) {
  const item = part.querySelector("template[data-files-item]").content.firstElementChild.cloneNode(true);
  item.querySelectorAll("[data-file-name]").forEach((each) => (each.textContent = file.name));
  for (const [name, value] of [["input", words.called], ["textarea", words.words]]) {
    const box = item.querySelector(`[data-file-words] ${name}`);
    box.removeAttribute("name");
    box.value = value;
  }
  list.append(item);
  return item;
}

// Half uploads of before: each with where it is, so that the same file goes on there.
function before() {
  return [...part.querySelectorAll("[data-waiting]")]
    .filter((each) => !each.dataset.done && each.dataset.fingerprint)
    .map((each) => ({ at: each.dataset.at, fingerprint: each.dataset.fingerprint, length: Number(each.dataset.length), item: each }));
}

function kindOf(file) {
  const [type] = file.type.split("/");
  const said = { image: "photo", audio: "voice", video: "video" }[type] ?? (file.type === "application/pdf" && "document");
  if (file.type === "image/svg+xml") return undefined;
  return said || Object.keys(ENDINGS).find((kind) => ENDINGS[kind].test(file.name));
}

function emptied() {
  chosen.value = "";
  for (const each of form.elements.file_in_it) each.checked = false;
  form.elements.file_allowed.checked = false;
  form.elements.file_called.value = form.elements.file_words.value = "";
}

// What is wrong stands beside its field, as after sending a form. Gives back whether anything is.
function tell(name, sentence) {
  const box = first(name);
  const group = box.closest(".govuk-form-group");
  group.querySelector("[data-files-wrong]")?.remove();
  group.classList.toggle("govuk-form-group--error", Boolean(sentence));
  if (!sentence) return false;
  const error = document.createElement("p");
  error.className = "govuk-error-message";
  error.dataset.filesWrong = "";
  error.id = `${name}-wrong`;
  error.textContent = sentence;
  (group.querySelector(".govuk-radios, .govuk-checkboxes, .govuk-file-upload") ?? box).before(error);
  const spoken = box.closest("fieldset.govuk-fieldset:not([data-files])") ?? box;
  const others = (spoken.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== error.id);
  spoken.setAttribute("aria-describedby", [...others, error.id].join(" "));
  return true;
}

function focusOn(name) {
  first(name).focus();
  first(name).scrollIntoView({ block: "center" });
}

function first(name) {
  if (name === "file") return chosen;
  const found = form.elements[name];
  return found instanceof RadioNodeList ? found[0] : found;
}

function ours(name) {
  return new URL(name + new URL(import.meta.url).search, import.meta.url);
}

// Said to whoever listens; what stands nowhere else is seen as well.
function say(sentence, seen = false) {
  const line = part.querySelector("[data-files-said]");
  line.classList.toggle("govuk-visually-hidden", !seen);
  line.textContent = sentence;
}
