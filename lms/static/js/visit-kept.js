// Visits to learners with no signal: what was taken along on this phone, what was begun there, and how it is told.
// Every page of visits begins with this.
const phone = self.palmsPhone;
const page = document.querySelector("[data-visits]");
const KIND = "visits";
const TO = "visits/sending";
const AGAIN = 3_600_000;

const begunName = (id) => `visit:${phone.person}:${id}`;
const key = () => `${KIND}:${phone.person}`;
const root = () => phone.root();

phone.visits = {
  page,
  to: TO,
  begunName,
  find: (what) => page.querySelector(`[data-${what}]`),
  taken: () => phone.keptOf(KIND, phone.person),
  text,
  tell,
  takeAlong,
  renew,
  drop,
  begun,
  mine: async () => (await phone.items(phone.person)).filter((item) => item.to === TO),
  learnerUrl: (enrolment) => `${root()}visits/phone/learner?e=${enrolment}`,
  observeUrl: (enrolment, id) => `${root()}visits/phone/observe?e=${enrolment}&o=${id}`,
  listUrl: () => `${root()}visits/phone`,
  localDay,
  dayOf,
  dayWords,
  element,
};

// A sentence from the page, with values put into its places.
function text(name, values = {}) {
  let said = page.querySelector("[data-visit-texts]").content.querySelector(`[data-name="${name}"]`)?.textContent ?? "";
  for (const [place, value] of Object.entries(values)) said = said.replace(place, value);
  return said;
}

function tell(name, bad = false) {
  const line = page.querySelector("[data-told]");
  line.textContent = name ? text(name) : "";
  line.classList.toggle("palms-saved--failed", bad);
}

function element(tag, className, words) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (words !== undefined) made.textContent = words;
  return made;
}

// Fetch what these visits need and keep it as one; what was kept before stays as it was until all of it is here.
async function takeAlong(learners) {
  const answer = await phone.post(`${root()}visits/take`, root() + TO, { learners });
  const bundle = await answer.json();
  if (bundle.person !== phone.person) throw new Error("person");
  await phone.register();
  const name = phone.cacheName(phone.person, key(), Date.now());
  try {
    const bytes = await phone.fill(await caches.open(name), bundle, answer.headers);
    const now = await phone.clock();
    await phone.keep({
      key: key(), kind: KIND, person: phone.person, name, bytes,
      kept_at: bundle.made_at, taken_at: now, until: now + bundle.holds_for, until_day: bundle.holds_until,
      version: bundle.version, urls: Object.keys(bundle.pages), pack: bundle.pack,
    });
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  await phone.forget((item) => item.person === phone.person && item.to === TO && item.state === "sent");
  await phone.dropCaches((each) => each.startsWith(phone.cacheName(phone.person, key(), "")) && each !== name);
  navigator.storage?.persist?.().catch(() => {});
}

// A copy that is an hour old, or of another release, is made anew by itself while there is signal. Nothing is sent by
// this, and who is no longer to be visited is then no longer on this phone.
async function renew({ now = false } = {}) {
  const record = await phone.visits.taken();
  if (!record || !phone.online() || !phone.canKeep()) return false;
  const old = (await phone.clock()) - record.taken_at > AGAIN || record.version !== page.dataset.version;
  if (!now && !old) return false;
  const learners = record.pack.learners.map((each) => each.enrolment);
  if (!learners.length) return false;
  await takeAlong(learners);
  return true;
}

// Take everything off again that was taken along. What was begun or waits to be sent stays.
async function drop() {
  await phone.drop(key());
  await phone.dropCaches((name) => name.startsWith(phone.cacheName(phone.person, key(), "")));
  await phone.forget((item) => item.person === phone.person && item.to === TO && item.state === "sent");
  if (!(await begun()).length) await phone.rest();
}

// What was begun and is not finished, the newest first. What has nothing in it was only looked at.
async function begun() {
  const found = await phone.notesUnder(`visit:${phone.person}:`);
  return found.map(([, record]) => record).sort((a, b) => b.saved - a.saved);
}

// The day of a moment as this phone's calendar has it, or so many days before: [year, month, day].
function localDay(moment, daysBefore = 0) {
  const at = new Date(moment);
  at.setDate(at.getDate() - daysBefore);
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()];
}

// The day that was chosen: of “today” and “yesterday” as it was when it was chosen. Undefined when it is none.
function dayOf(record) {
  if (!record.day) return undefined;
  const chosen = () => localDay(record.day_at, record.day === "yesterday" ? 1 : 0);
  const [year, month, day] = record.day === "other" ? [...record.date].reverse().map(Number) : chosen();
  const at = new Date(year, month - 1, day);
  const real = at.getFullYear() === year && at.getMonth() === month - 1 && at.getDate() === day;
  return real ? [year, month, day] : undefined;
}

function dayWords(record) {
  const found = dayOf(record);
  return found ? phone.day(new Date(found[0], found[1] - 1, found[2])) : "";
}

phone.end().catch(() => {});
