// Pages of a module that is kept on this phone: what is done on them is kept here first, then sent. Shows what was done
// here on pages that do not know of it yet.
const phone = self.palmsPhone;
const PAUSE = 1500;
const PATIENCE = 2500;
const MARKING = 5000;
const path = location.pathname;

const record = phone.person && (await phone.kept(phone.person)).find((each) => each.urls.includes(path));
const mine = record ? (await phone.items(phone.person)).filter((item) => item.key === record.key) : [];

// ---- what was done here ----

function latest(kind, test) {
  const shown = mine.filter((item) => item.kind === kind && item.state !== "refused" && test(item));
  return shown.at(-1);
}

const answerTo = (attempt, question) => latest("answer", (item) => item.attempt === attempt && item.question === question);
const handedIn = (attempt) => latest("hand_in", (item) => item.attempt === attempt);

// Fresh pages know what was sent, and may know better: of those only what still waits is shown from here.
const news = (item) => item && (item.state === "waiting" || !phone.online()) && item;

function isDone(step) {
  if (step.done) return true;
  if (step.kind === "lesson") return Boolean(latest("lesson", (item) => item.lesson === step.code));
  if (step.kind === "activity") return Boolean(latest("activity", (item) => item.activity === step.code && item.finished));
  return Boolean(record.check && handedIn(record.check.attempt));
}

const nextStep = () => record.steps.find((step) => !isDone(step))?.url ?? record.url;

function isWhole(question) {
  const given = record.check && answerTo(record.check.attempt, question.code);
  return given ? given.whole : question.whole;
}

function nextQuestion() {
  const { questions, answers_url: over } = record.check;
  const here = questions.findIndex((question) => question.url === path);
  const open = questions.filter((question) => !isWhole(question));
  return open.find((question) => questions.indexOf(question) > here)?.url ?? open[0]?.url ?? over;
}

// ---- keeping something ----

async function keep(thing, instead) {
  const item = await phone.add({ ...thing, person: phone.person, key: record.key }, instead?.id);
  if (instead && instead.state === "waiting") mine.splice(mine.indexOf(instead), 1);
  mine.push(item);
  return item;
}

const patience = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// Give the signal a moment, so that the next page is a fresh one; then go on without.
async function goOn(url, wait = PATIENCE) {
  await Promise.race([phone.added().catch(() => {}), patience(wait)]);
  location.assign(url);
}

function once(form, work) {
  let busy = false;
  form.addEventListener("submit", async (event) => {
    if (event.submitter?.name === "move") return;
    event.preventDefault();
    if (busy) return;
    busy = true;
    try {
      await work(event);
    } catch {
      tell(form, "not_saved_here", true);
    }
    busy = false;
  });
}

function tell(form, name, bad = false) {
  let line = form.querySelector(".palms-saved[role=status]");
  if (!line) {
    line = document.createElement("p");
    line.className = "palms-saved";
    line.setAttribute("role", "status");
    form.append(line);
  }
  line.textContent = phone.text(name);
  line.classList.toggle("palms-saved--failed", bad);
}

// ---- answers ----

function answer(form) {
  const { attempt, question } = form.dataset;
  if (handedIn(attempt)) return closed(form);
  let last = answerTo(attempt, question);
  // Whoever was quicker than this script has answered already: that is neither written over nor left out.
  const untouched = JSON.stringify(fields(form)) === JSON.stringify(asMade(form));
  let spelled = JSON.stringify(asMade(form));
  if (untouched && news(last)) {
    fill(form, last.fields);
    spelled = JSON.stringify(fields(form));
  }
  let pause;
  let queue = Promise.resolve();

  const save = () => {
    clearTimeout(pause);
    const now = fields(form);
    if (JSON.stringify(now) === spelled) return queue;
    spelled = JSON.stringify(now);
    const thing = { kind: "answer", attempt, question, fields: now, whole: whole(form), shown: shown(form) };
    queue = queue.then(async () => {
      const before = last;
      last = await keep({ ...thing, instead_of: before?.id ?? form.dataset.given }, before);
      const say = (name) => JSON.stringify(fields(form)) === JSON.stringify(now) && tell(form, name);
      say("saved_here");
      phone.added().then((came) => came?.state === "sent" && say("saved"), () => {});
    });
    queue = queue.catch(() => {
      spelled = undefined; // the next try keeps it
      tell(form, "not_saved_here", true);
      throw new Error("not kept");
    });
    queue.catch(() => {});
    return queue;
  };

  form.addEventListener("change", () => save());
  form.addEventListener("input", (event) => {
    if (!event.target.matches("textarea, input[type=text]")) return;
    if (JSON.stringify(fields(form)) !== spelled) tell(form, ""); // what stands there was said of fewer words
    clearTimeout(pause);
    pause = setTimeout(save, PAUSE);
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && save());
  if (!untouched) save();
  once(form, async () => {
    if (!fields(form).some(([, value]) => value.trim())) return tell(form, "choose", true);
    if (form.querySelector("[data-order]") && !last && !form.dataset.given) spelled = undefined; // the order as it stands
    await save();
    const changing = new URLSearchParams(location.search).has("change");
    await goOn(changing ? record.check.answers_url : nextQuestion());
  });
}

// What the fields of an answer say, as the page would send them.
function fields(form) {
  return [...new FormData(form)].filter(([name]) => name === "answer" || name.startsWith("answer_"));
}

// The same as the server made the page.
function asMade(form) {
  const made = [];
  for (const field of form.elements) {
    if (!isAnswer(field)) continue;
    if (field.type === "radio" || field.type === "checkbox") {
      if (field.defaultChecked) made.push([field.name, field.value]);
    } else if (field.tagName === "SELECT") {
      const chosen = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
      made.push([field.name, chosen.value]);
    } else made.push([field.name, field.defaultValue]);
  }
  return made;
}

const isAnswer = (field) => field.name === "answer" || field.name?.startsWith("answer_");

function fill(form, given) {
  const by = (name) => given.filter(([each]) => each === name).map(([, value]) => value);
  for (const field of form.elements) {
    if (!isAnswer(field)) continue;
    if (field.type === "radio" || field.type === "checkbox") field.checked = by(field.name).includes(field.value);
    else if (by(field.name).length) [field.value] = by(field.name);
  }
  const list = form.querySelector("[data-order]");
  const steps = [...(list?.children ?? [])].sort((a, b) => placeOf(a) - placeOf(b));
  steps.forEach((step, i) => {
    list.append(step);
    for (const button of step.querySelectorAll("[data-move]")) button.disabled = i === (button.dataset.move === "1" ? steps.length - 1 : 0);
  });
}

const placeOf = (step) => Number(step.querySelector("select").value);

function whole(form) {
  const values = fields(form);
  return values.length > 0 && values.every(([, value]) => value.trim());
}

// An answer in words, as somebody reads it over: what was chosen, typed, or put beside each other.
function shown(form) {
  const steps = [...form.querySelectorAll("[data-order] > li")];
  if (steps.length) {
    return steps.sort((a, b) => placeOf(a) - placeOf(b)).map((step, i) => `${i + 1}. ${words(step.querySelector("[data-text]"))}`);
  }
  const lines = [];
  for (const field of form.elements) {
    if (!isAnswer(field)) continue;
    const label = field.labels?.[0];
    if (field.type === "radio" || field.type === "checkbox") {
      if (field.checked) lines.push(words(label));
    } else if (field.tagName === "SELECT") {
      if (field.value) lines.push(`${words(label)}: ${words(field.selectedOptions[0])}`);
    } else if (field.value.trim()) lines.push(field.value.trim());
  }
  return lines;
}

function words(element) {
  const pictures = [...(element?.querySelectorAll("img") ?? [])].map((picture) => picture.alt);
  return [element?.textContent.trim(), ...pictures].filter(Boolean).join(" ");
}

function closed(form) {
  for (const field of form.elements) field.disabled = true;
  tell(form, "handed_in");
}

// ---- lessons, activities, handing in ----

function lesson(form) {
  once(form, async () => {
    await keep({ kind: "lesson", enrolment: form.dataset.enrolment, lesson: form.dataset.lesson });
    await goOn(nextStep());
  });
}

function activity(form) {
  const text = form.querySelector("textarea");
  const draft = `draft:${phone.person}:${record.key}/${form.dataset.activity}`;
  const last = news(latest("activity", (item) => item.activity === form.dataset.activity));
  const start = last ? last.text : text.defaultValue;
  if (text.value === text.defaultValue) {
    text.value = start; // nobody was quicker than this script
    phone.note(draft).then((kept) => kept?.before === start && text.value === start && (text.value = kept.text));
  }
  let pause;
  const remember = () => text.value !== start && phone.setNote(draft, { before: start, text: text.value }).catch(() => {});
  text.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(remember, PAUSE);
  });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && remember());
  remember();
  once(form, async (event) => {
    if (!text.value.trim()) return tell(form, "write", true);
    const finished = event.submitter?.name === "finished";
    await keep({ kind: "activity", enrolment: form.dataset.enrolment, activity: form.dataset.activity, text: text.value, finished });
    clearTimeout(pause);
    await phone.setNote(draft, undefined);
    if (finished) return goOn(nextStep());
    tell(form, "saved_here");
    await phone.added();
  });
}

function handIn(form) {
  const { attempt } = form.dataset;
  const rows = [...document.querySelectorAll("[data-answer-to]")];
  if (handedIn(attempt)) return closed(form);
  once(form, async () => {
    if (handedIn(attempt)) return;
    if (openNumbers(rows).length) return tellOpen(rows);
    const answers = Object.fromEntries(rows.map((row) => [row.dataset.answerTo, numberOf(row)]));
    await keep({ kind: "hand_in", attempt, answers });
    const came = await Promise.race([phone.added().catch(() => {}), patience(MARKING)]);
    location.assign(came?.marked === attempt ? `${phone.root()}learning/checks/${attempt}` : record.url);
  });
}

// The answer a row of the list stands for: what still waits here, else what the page knows.
const given = (row) => answerTo(record.check?.attempt, row.dataset.answerTo);
const numberOf = (row) => news(given(row))?.id ?? row.dataset.given ?? given(row)?.id;
const rowWhole = (row) => (news(given(row)) ? given(row).whole : row.hasAttribute("data-whole"));
const openNumbers = (rows) => rows.flatMap((row, i) => (rowWhole(row) ? [] : [i + 1]));

function tellOpen(rows) {
  const line = document.querySelector("[data-open-count]") ?? document.querySelector("h1 + p");
  line.textContent = phone.text("open_questions", { NUMBERS: openNumbers(rows).join(", ") });
  line.tabIndex = -1;
  line.focus();
}

// ---- pages that list what is done ----

function showDone() {
  const rows = [...document.querySelectorAll("[data-answer-to]")];
  if (rows.some((row) => news(given(row)))) showAnswers(rows);
  for (const link of document.querySelectorAll(".govuk-task-list__link")) {
    const step = record.steps.find((each) => stepPath(each) === link.pathname);
    const status = link.closest(".govuk-task-list__item")?.querySelector(".govuk-task-list__status");
    if (step && !step.done && isDone(step) && status) status.textContent = phone.text("done");
  }
  const next = document.querySelector(".palms-next__action");
  if (next && record.steps.some((step) => !step.done && isDone(step)) && !phone.online()) next.href = nextStep();
  const begun = document.querySelector("[data-check-go]");
  if (begun && record.check && !phone.online()) showBegun(begun);
}

// The check's own page stands in the list, while its step leads on into its questions.
const stepPath = (step) => (step.kind === "check" ? `${record.url}/check` : new URL(step.url, location.href).pathname);

function showAnswers(rows) {
  for (const row of rows) {
    const item = news(given(row));
    if (!item) continue;
    const lines = item.shown.map((text) => Object.assign(document.createElement("p"), { className: "govuk-body govuk-!-margin-bottom-1", textContent: text }));
    if (!item.whole) lines.push(Object.assign(document.createElement("strong"), { textContent: phone.text("not_finished") }));
    row.replaceChildren(...lines);
    const way = row.nextElementSibling?.querySelector("a")?.firstChild;
    if (way && item.whole) way.textContent = phone.text("change");
  }
  const open = openNumbers(rows);
  const line = document.querySelector("[data-open-count]");
  if (line) line.textContent = open.length ? phone.text("open_questions", { NUMBERS: open.join(", ") }) : phone.text("all_answered");
  const next = document.querySelector("[data-open-next]");
  if (next && open.length) {
    next.href = record.check.questions[open[0] - 1].url;
    next.textContent = phone.text("go_on", { NUMBER: open[0] });
  } else {
    next?.remove();
    document.querySelector('form[data-phone="hand_in"] button')?.classList.remove("govuk-button--secondary");
  }
}

function showBegun(button) {
  const { questions, answers_url: over, attempt } = record.check;
  const open = questions.flatMap((question, i) => (isWhole(question) ? [] : [i]));
  const line = document.querySelector("[data-check-begun]");
  if (handedIn(attempt)) {
    if (line) line.textContent = phone.text("handed_in");
    return button.remove();
  }
  if (line) line.textContent = phone.text("begun", { DONE: questions.length - open.length, TOTAL: questions.length });
  button.href = open.length ? questions[open[0]].url : over;
  button.textContent = open.length ? phone.text("go_on", { NUMBER: open[0] + 1 }) : phone.text("look_over");
}

// ---- now that all is known ----

if (record) {
  const forms = [...document.querySelectorAll("form[data-phone]")];
  const doing = { answer, lesson, activity, hand_in: handIn };
  showDone();
  for (const form of forms) {
    form.setAttribute("data-kept", "");
    doing[form.dataset.phone]?.(form);
  }
}
