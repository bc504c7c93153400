// The line under the header: what waits on this phone, and sending it. Also keeps what is one person's from another.
const phone = self.palmsPhone;
const part = document.getElementById("palms-phone");
const said = part.querySelector("[data-phone-said]");
const button = part.querySelector("[data-phone-send]");
const more = part.querySelector("[data-phone-more]");
const texts = part.querySelector("[data-phone-texts]").content;
const news = new BroadcastChannel(`palms-phone:${part.dataset.root}`);
const RETRY_FIRST = 20_000;
const RETRY_LAST = 300_000;
const SOON = 1500;

phone.person = part.dataset.person;
phone.at(part.dataset.root);

// Whether the server made this page just now: a kept copy carries the day on which it was kept.
phone.online = () => !document.documentElement.dataset.keptAt;

phone.text = (name, values = {}) => {
  let text = texts.querySelector(`[data-name="${name}"]`)?.textContent ?? "";
  for (const [key, value] of Object.entries(values)) text = text.replace(key, value);
  return text;
};

phone.day = (moment) =>
  new Intl.DateTimeFormat(document.documentElement.lang === "cy" ? "cy" : "en-GB", { day: "numeric", month: "long", year: "numeric" }).format(new Date(moment));

// Send what waits, say what came of it, and try again later when it did not go.
let sending;
let retry = RETRY_FIRST;
let timer;
phone.sendNow = () => (sending ??= sendAll().finally(() => (sending = undefined)));

async function sendAll() {
  const came = await phone.send();
  news.postMessage(came);
  await tell(came);
  clearTimeout(timer);
  if (came.state === "sent" || came.state === "nothing") {
    retry = RETRY_FIRST;
  } else if (came.state !== "signed_out") {
    timer = setTimeout(phone.sendNow, retry);
    retry = Math.min(retry * 2, RETRY_LAST);
  }
  document.dispatchEvent(new CustomEvent("palms-phone-sent", { detail: came }));
  return came;
}

// Something was added: say so when it is still here in a moment, and have the browser send it should this page close.
phone.added = async () => {
  setTimeout(() => tell(), SOON);
  const registration = await navigator.serviceWorker?.getRegistration(phone.root());
  registration?.sync?.register("palms-phone").catch(() => {});
  return phone.sendNow();
};

// Nothing on the page may move between pressing and letting go: the press would land beside what it was meant for.
const PRESSED = 1000;
let still = Promise.resolve();
addEventListener("pointerdown", () => {
  still = new Promise((done) => {
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(done), { once: true, capture: true });
    setTimeout(done, PRESSED);
  });
}, true);

// One after the other, so that what is newest is said last.
let before;
let spoken = "";
let telling = Promise.resolve();
function tell(came) {
  telling = telling.catch(() => {}).then(() => still).then(() => say(came));
  return telling;
}

async function say(came) {
  if (!came || came.state === "nothing") came = before; // somebody else sent it: what that came to stays true
  const items = phone.person ? await phone.items(phone.person) : [];
  // To nobody in particular only how much waits is said, so that whoever it belongs to signs in.
  const waiting = phone.person ? items.filter((item) => item.state === "waiting") : await phone.allWaiting();
  came = await withUntold(came, items, waiting);
  before = came;
  const sentences = [];
  if (!phone.online()) sentences.push(phone.text("copy", { DAY: phone.day(document.documentElement.dataset.keptAt) }));
  if (waiting.length) {
    sentences.push(counted(waiting.length, waiting.some((item) => item.kind !== "answer") ? "things" : "answers"));
    if (came?.state === "signal" && phone.online()) sentences.push(phone.text("no_signal"));
    if (came?.state === "busy") sentences.push(phone.text("busy"));
    if (leaving) sentences.push(phone.text("stay"));
  } else if (came?.state === "sent") {
    sentences.push(phone.text("sent"));
  }
  if (came?.look) sentences.push(phone.text("look"));
  if (items.some((item) => item.state === "refused")) sentences.push(phone.text("refused"));
  const line = sentences.join(" ");
  const ways = [];
  if (waiting.length && came?.state === "signed_out" && phone.person) ways.push([part.dataset.signIn || phone.root(), "sign_in"]);
  if (came?.look && phone.person) ways.push([`${phone.root()}visits/sent`, "look_at"]);
  if (came?.marked && phone.person) ways.push([`${phone.root()}learning/checks/${came.marked}`, "marked"]);
  if (line !== spoken || ways.length) said.replaceChildren(line, ...ways.flatMap(([href, name]) => [" ", link(href, phone.text(name))]));
  spoken = line;
  if (more && items.some((item) => item.to === "visits/sending")) more.href = `${phone.root()}visits/phone`;
  part.classList.toggle("palms-phone--done", !waiting.length && phone.online());
  button.hidden = !waiting.length || !phone.person;
  part.hidden = !line;
}

// What the worker sent, or a page that was left at that moment, nobody was told yet: this page tells it.
async function withUntold(came, items, waiting) {
  const untold = items.filter((item) => item.state === "sent" && !item.told);
  if (!untold.length) return came;
  await phone.change(untold.map((item) => item.id), () => ({ told: true }));
  return {
    state: waiting.length ? came?.state : "sent",
    marked: came?.marked ?? untold.findLast((item) => item.kind === "hand_in")?.attempt,
    look: came?.look || untold.some((item) => item.came === "kept" || item.came === "meets"),
  };
}

// The sentence for a number, in the way the language counts.
function counted(number, what) {
  const way = new Intl.PluralRules(document.documentElement.lang || "en").select(number);
  const sentence = texts.querySelector(`[data-name="${what}_${way}"]`) ?? texts.querySelector(`[data-name="${what}_other"]`);
  return sentence.textContent.replace(sentence.dataset.number, number);
}

function link(href, text) {
  const made = document.createElement("a");
  made.className = "govuk-link";
  made.href = href;
  made.textContent = text;
  return made;
}

const leaving = document.querySelector('form[action$="/sign-out"]');

button.addEventListener("click", () => {
  said.textContent = spoken = phone.text("sending");
  phone.sendNow();
});
addEventListener("online", () => phone.sendNow());
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && phone.person && phone.sendNow());
news.addEventListener("message", async (event) => {
  await tell(event.data);
  document.dispatchEvent(new CustomEvent("palms-phone-news"));
});

try {
  if (phone.person) await phone.leave(phone.person);
  await phone.end();
  await tell();
  if (phone.person && (await phone.waiting(phone.person)).length) phone.sendNow();
} catch {
  part.hidden = true; // no store in this browser: nothing is kept, so nothing waits
}
