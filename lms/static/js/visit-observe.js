// Writing down what one sees, with a draft decision for each line. Everything is kept on this phone at each pause of
// typing, so that an empty battery takes nothing, and becomes things to send only when the assessor says it is done.
const phone = self.palmsPhone;
const { page, find, tell, text, element } = phone.visits;
const PAUSE = 700;
const PATIENCE = 2500;
const A_MOMENT = 1500;
const NOT_MET = ["not_yet_met", "more_evidence"];

const asked = new URLSearchParams(location.search);
const [enrolment, id] = [asked.get("e"), asked.get("o")];
const name = phone.visits.begunName(id);
const form = find("observe");
const kept = await phone.visits.taken();
const learner = kept?.pack.learners.find((each) => each.enrolment === enrolment);
let record;

// One place at a time: a second tab would write over what is written in the first. Kept until this page is gone.
function alone() {
  if (!navigator.locks) return undefined;
  return new Promise((here) => {
    navigator.locks.request(`palms-${name}`, () => {
      here();
      return new Promise(() => {});
    });
  });
}

function fresh() {
  return {
    id, enrolment, person: phone.person, who: learner.who, taken: learner.taken, day: "", day_at: 0, date: ["", "", ""],
    clock: "", setting: "", presence: "", text: "", lines: {}, five: {}, saved: 0,
  };
}

// Finished already, in another tab or before: then it waits, or was sent.
async function isGone() {
  return (await phone.visits.mine()).some((item) => item.id === id);
}

function begin() {
  for (const place of page.querySelectorAll("[data-who]")) place.textContent = record.who;
  document.title = document.title.replace(page.dataset.nobody, record.who);
  for (const link of page.querySelectorAll("[data-back]")) link.href = learner ? phone.visits.learnerUrl(enrolment) : phone.visits.listUrl();
  find("units").append(...units());
  fillIn();
  decisions();
  form.hidden = false;
  if (record.saved) tell("saved");
}

// ---- what is chosen from: the lines of the units, or only those chosen before once the pack is gone ----

function units() {
  const found = (learner?.units ?? []).map((mine) => {
    const unit = kept.pack.units[mine.id];
    const rows = unit.lines.map((line) => ({ ...line, ...mine.stands[line.key], unit: unit.code, may: mine.may && !mine.signed }));
    return { head: unit.title, lang: unit.lang, note: mine.signed ? text("signed") : mine.why, rows };
  });
  const here = new Set(found.flatMap((each) => each.rows.map((row) => row.key)));
  const left = Object.entries(record.lines).filter(([key]) => !here.has(key)).map(([key, line]) => ({ ...line, key }));
  if (left.length) found.push({ head: text("chosen_before"), lang: document.documentElement.lang, rows: left });
  return found.map(unitPart);
}

function unitPart({ head, lang, note, rows }, i) {
  const made = find("unit").content.firstElementChild.cloneNode(true);
  Object.assign(made.querySelector("[data-title]"), { textContent: head, lang });
  const said = made.querySelector("[data-why]");
  Object.assign(said, { textContent: note ?? "", hidden: !note });
  made.querySelector("[data-boxes]").append(...rows.map((row, n) => box(row, `line-${i}-${n}`)));
  made.open = rows.some((row) => record.lines[row.key]) || (learner?.units.length ?? 0) < 2;
  const count = () => {
    const chosen = rows.filter((row) => record.lines[row.key]).length;
    made.querySelector("[data-count]").textContent = chosen ? text("chosen", { NUMBER: chosen }) : "";
  };
  made.addEventListener("change", count);
  count();
  return made;
}

function box(row, idOfBox) {
  const made = find("box").content.firstElementChild.cloneNode(true);
  const [input, label] = [made.querySelector("input"), made.querySelector("label")];
  input.id = label.htmlFor = idOfBox;
  input.value = row.key;
  input.checked = Boolean(record.lines[row.key]);
  label.textContent = `${row.code ? `${row.code} ` : ""}${row.text}`;
  label.lang = row.lang ?? "";
  input.addEventListener("change", () => {
    if (input.checked) {
      const { key, code, text: words, lang, may, decision, draft } = row;
      record.lines[key] = {
        code, text: words, lang, may, saw: decision ?? null, knew: draft?.mark ?? null,
        judgement: draft?.judgement ?? "", reason: draft?.reason ?? "", feedback: draft?.feedback ?? "",
      };
    } else delete record.lines[row.key];
    decisions();
  });
  return made;
}

// ---- a draft decision for each line that was chosen ----

function decisions() {
  const there = new Map([...find("lines").children].map((part) => [part.dataset.line, part]));
  const parts = Object.entries(record.lines).map(([key, line], n) => there.get(key) ?? decision(key, line, n));
  find("lines").replaceChildren(...parts);
  find("decisions").hidden = !parts.length;
  five();
}

let made = 0;
function decision(key, line) {
  const part = find(line.may ? "decision" : "no-decision").content.firstElementChild.cloneNode(true);
  part.dataset.line = key;
  Object.assign(part.querySelector("[data-title]"), { textContent: `${line.code ? `${line.code} ` : ""}${line.text}`, lang: line.lang ?? "" });
  if (!line.may) return part;
  made += 1;
  for (const field of part.querySelectorAll("input, textarea")) {
    const label = part.querySelector(`label[for="${field.id}"]`);
    const error = field.dataset.field;
    field.id = `${field.id}-${made}`;
    label.htmlFor = field.id;
    if (field.type === "radio") {
      field.name = `judgement-${made}`;
      field.checked = field.value === line.judgement;
    } else field.value = line[error];
  }
  const words = () => (part.querySelector("[data-words]").hidden = !line.judgement);
  part.addEventListener("input", (event) => {
    if (event.target.type === "radio") line.judgement = event.target.value;
    else line[event.target.dataset.field] = event.target.value;
    words();
    five();
  });
  words();
  return part;
}

// The five are asked once for all of it, and only where something is met.
function five() {
  find("five").hidden = !Object.values(record.lines).some((line) => line.judgement === "met");
}

// ---- keeping ----

function fillIn() {
  for (const field of form.querySelectorAll("[data-is]")) {
    const what = field.dataset.is;
    if (field.type === "radio") field.checked = record[what] === field.value;
    else if (what === "five") field.checked = Boolean(record.five[field.value]);
    else if (what.startsWith("date-")) field.value = record.date[Number(what.at(-1))];
    else field.value = record[what];
  }
  otherDay();
}

function read(field) {
  const what = field.dataset.is;
  if (!what) return;
  if (what === "day") [record.day, record.day_at] = [field.value, Date.now()];
  else if (what === "five") record.five[field.value] = field.checked;
  else if (what.startsWith("date-")) record.date[Number(what.at(-1))] = field.value.trim();
  else record[what] = field.value;
  otherDay();
}

const otherDay = () => (find("other-day").hidden = record.day !== "other");

let pause;
let queue = Promise.resolve();
let over = false;
let changes = 0;
function save() {
  clearTimeout(pause);
  queue = queue.catch(() => {}).then(async () => {
    if (over) return;
    record.saved = await phone.clock();
    const held = changes;
    await phone.setNote(name, structuredClone(record));
    if (held === changes) tell("saved");
  });
  queue.catch(() => tell("not_saved", true));
  return queue;
}

form.addEventListener("input", (event) => {
  read(event.target);
  changes += 1;
  tell(""); // what stands there was said of less
  clearTimeout(pause);
  if (event.target.matches("textarea, input[type=text]")) pause = setTimeout(save, PAUSE);
  else save();
});
document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && pause && save());

// ---- done ----

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  if (over) return;
  if (mistakes().length) return;
  try {
    await save();
    over = true;
    const things = await asThings();
    await phone.addAll(things, name);
  } catch {
    over = false;
    return tell("not_saved", true);
  }
  await Promise.race([phone.added().catch(() => {}), new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  location.assign(phone.visits.listUrl());
});

find("throw").addEventListener("click", async () => {
  find("throw").hidden = true;
  find("sure").hidden = false;
  find("keep-it").focus();
});
find("keep-it").addEventListener("click", () => {
  find("sure").hidden = true;
  find("throw").hidden = false;
  find("throw").focus();
});
find("throw-now").addEventListener("click", async () => {
  over = true;
  clearTimeout(pause);
  await queue.catch(() => {});
  await phone.setNote(name, undefined);
  location.assign(learner ? phone.visits.learnerUrl(enrolment) : phone.visits.listUrl());
});

async function asThings() {
  const now = await phone.clock();
  const common = { person: phone.person, to: phone.visits.to, who: record.who, enrolment, day: phone.visits.dayWords(record) };
  const from = { taken: record.taken, phone: await phoneName() };
  const seen = {
    ...common, id, kind: "observation", at: now, begun: structuredClone(record),
    body: {
      ...from, ...when(now), clock: record.clock, setting: record.setting || null, in_presence_of: record.presence.trim(),
      text: record.text.trim(), lines: Object.keys(record.lines),
    },
  };
  const drafts = Object.entries(record.lines).filter(([, line]) => line.may && line.judgement).map(([line, said]) => ({
    ...common, kind: "draft", needs: id,
    body: {
      ...from, line, judgement: said.judgement, reason: said.reason.trim(), feedback: said.feedback.trim(),
      five: [...form.querySelectorAll("[data-is=five]")].map((field) => said.judgement === "met" && field.checked),
      observation: id, saw: said.saw, knew: said.knew,
    },
  }));
  return [seen, ...drafts];
}

// “Today” goes as so many days before now: a phone whose calendar is wrong then still says the right day.
function when(now) {
  const [year, month, day] = phone.visits.dayOf(record);
  if (record.day !== "other") {
    const ago = Math.round((new Date(...noon(now)) - new Date(year, month - 1, day, 12)) / 86_400_000);
    if (ago >= 0 && ago <= 6) return { days_ago: ago };
  }
  return { on: [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-") };
}

function noon(moment) {
  const [year, month, day] = phone.visits.localDay(moment);
  return [year, month - 1, day, 12];
}

// A name of this browser, which says nothing of whose it is: so that its own things are told from another device's.
async function phoneName() {
  const known = await phone.note("phone");
  if (known) return known;
  const made = crypto.randomUUID();
  await phone.setNote("phone", made);
  return made;
}

// ---- what is still missing before it can be sent ----

function mistakes() {
  for (const old of form.querySelectorAll(".govuk-error-message")) old.remove();
  for (const group of form.querySelectorAll(".govuk-form-group--error")) group.classList.remove("govuk-form-group--error");
  const found = [];
  const wrong = (field, what) => found.push([field, text(what)]);
  const day = phone.visits.dayOf(record);
  if (!record.day) wrong(form.querySelector("[data-is=day]"), "mistake_day");
  else if (!day) wrong(form.querySelector("[data-is=date-0]"), "mistake_date");
  if (!record.setting) wrong(form.querySelector("[data-is=setting]"), "mistake_setting");
  if (!record.text.trim()) wrong(form.querySelector("[data-is=text]"), "mistake_text");
  if (!Object.keys(record.lines).length) wrong(find("units").querySelector("input") ?? form.querySelector("[data-is=text]"), "mistake_lines");
  for (const part of find("lines").children) {
    const line = record.lines[part.dataset.line];
    if (line.may && NOT_MET.includes(line.judgement) && !line.feedback.trim()) wrong(part.querySelector("[data-field=feedback]"), "mistake_feedback");
  }
  summary(found);
  return found;
}

function summary(found) {
  const part = find("mistakes");
  part.hidden = !found.length;
  const title = document.title.replace(`${page.dataset.error} `, "");
  document.title = found.length ? `${page.dataset.error} ${title}` : title;
  part.querySelector("ul").replaceChildren(...found.map(([field, words]) => {
    const item = element("li");
    const link = element("a", "", words);
    link.href = `#${field.id}`;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      field.closest("details")?.setAttribute("open", "");
      field.focus();
    });
    item.append(link);
    return item;
  }));
  for (const [field, words] of found) {
    const group = field.closest(".govuk-form-group");
    group.classList.add("govuk-form-group--error");
    const line = element("p", "govuk-error-message", words);
    const before = field.closest("fieldset[data-group]")?.querySelector("legend") ?? group.querySelector("label");
    before.after(line);
  }
  if (found.length) part.focus();
}

// ---- now that all is known ----

// The page one comes from lets go a moment after this one is there. Whoever waits longer is told why, and goes on here
// when the other place is closed, with what was written there.
const waits = setTimeout(() => (page.hidden = find("elsewhere").hidden = false), A_MOMENT);
await alone();
clearTimeout(waits);
find("elsewhere").hidden = true;
record = (await phone.note(name)) ?? (learner && fresh());
if (!record || !id || (await isGone())) find("gone").hidden = false;
else begin();
page.hidden = false;
