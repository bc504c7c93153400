// Visits on this phone: whom one took along, what is begun, what waits to be sent, and what became of the rest.
const phone = self.palmsPhone;
const { page, find, tell, text, element } = phone.visits;

find("lost").hidden = location.pathname === new URL(phone.visits.listUrl(), location.origin).pathname;

let drawn;
let sendsHere = false;
document.addEventListener("palms-phone-sent", async (event) => {
  await fill();
  if (event.detail.state === "sent") phone.visits.renew({ now: true }).then(fill, () => {});
});
document.addEventListener("palms-phone-news", fill);
find("send").addEventListener("click", async () => {
  if (sendsHere) return;
  sendsHere = true;
  find("send-said").textContent = phone.text("sending");
  const { state } = await phone.sendNow();
  const says = { sent: "sent", nothing: "sent", signal: "no_signal", signed_out: "sign_in", busy: "busy" };
  find("send-said").textContent = phone.text(says[state]);
  sendsHere = false;
});
find("forget").addEventListener("click", async () => {
  await phone.forget((item) => item.person === phone.person && item.to === phone.visits.to && item.state === "refused");
  await fill();
  find("waits-title").focus();
});
find("drop").addEventListener("click", async () => {
  await phone.visits.drop();
  await fill();
  tell("dropped");
  find("along-title").focus();
});

if (phone.canKeep()) {
  await fill();
  if (new URLSearchParams(location.search).has("taken") && phone.online()) tell("taken");
  phone.visits.renew().then((done) => done && fill(), () => {});
} else {
  find("cannot").hidden = false;
}
page.hidden = false;

// What stands there already stays as it is: a finger may be on it.
async function fill() {
  const [record, begun, items] = [await phone.visits.taken(), await phone.visits.begun(), await phone.visits.mine()];
  const now = JSON.stringify([record, begun, items]);
  if (now === drawn) return;
  drawn = now;
  const seen = groups(items);
  show("along", (record?.pack.learners ?? []).map((each) => card(each, begun, seen)), "none-along");
  show("begun", begun.map(beginning));
  find("begun-part").hidden = !begun.length;
  const waiting = seen.filter((each) => each.state === "waiting");
  show("waiting", waiting.map((each) => row(each, true)), "none-waiting");
  find("send").hidden = !waiting.length;
  const refused = seen.filter((each) => each.state === "refused");
  show("refused", refused.map((each) => row(each)));
  find("refused-part").hidden = !refused.length;
  const sent = seen.filter((each) => each.state === "sent");
  show("sent", sent.map((each) => row(each)));
  find("sent-part").hidden = !sent.length;
  find("kept-part").hidden = !record;
  if (record) find("kept-said").textContent = text("kept", { DAY: phone.day(record.until_day), NUMBER: Math.ceil(record.bytes / 1000) });
}

function show(what, rows, none) {
  find(`${what}-list`).replaceChildren(...rows);
  find(`${what}-list`).hidden = !rows.length;
  if (none) find(none).hidden = Boolean(rows.length);
}

// What was sent together: an observation with the drafts that rest on it. It stands as badly as its worst part.
function groups(items) {
  const found = new Map();
  for (const item of items) {
    const of = item.kind === "observation" ? item.id : item.body.observation;
    if (!found.has(of)) found.set(of, { id: of, parts: [] });
    found.get(of).parts.push(item);
  }
  return [...found.values()].map((each) => {
    const states = each.parts.map((part) => part.state);
    const state = ["refused", "waiting", "sent"].find((one) => states.includes(one));
    return { ...each, state, first: each.parts.find((part) => part.kind === "observation") ?? each.parts[0] };
  });
}

function card(learner, begun, seen) {
  const made = find("card").content.firstElementChild.cloneNode(true);
  const link = made.querySelector("a");
  link.querySelector("[data-who]").textContent = learner.who;
  link.querySelector("[data-what]").textContent = learner.what;
  link.href = phone.visits.learnerUrl(learner.enrolment);
  const open = begun.filter((each) => each.enrolment === learner.enrolment).length;
  const waits = seen.filter((each) => each.state === "waiting" && each.first.enrolment === learner.enrolment).length;
  const lines = [learner.what];
  if (open) lines.push(text("begun_count", { NUMBER: open }));
  if (waits) lines.push(text("waits_count", { NUMBER: waits }));
  made.querySelector("[data-about]").append(...lines.map((words) => element("span", "palms-visit-line", words)));
  return made;
}

function beginning(record) {
  const made = element("li");
  const link = element("a", "govuk-link", `${record.who}: ${text("seen_on", { DAY: phone.visits.dayWords(record) || text("no_day") })}`);
  link.href = phone.visits.observeUrl(record.enrolment, record.id);
  made.append(link, element("span", "palms-muted palms-visit-line", record.text.slice(0, 80)));
  return made;
}

function row(group, changeable = false) {
  const made = find("row").content.firstElementChild.cloneNode(true);
  const drafts = group.parts.filter((part) => part.kind === "draft").length;
  made.querySelector("dt").textContent = group.first.who;
  const words = made.querySelector("dd");
  words.append(element("p", "govuk-body govuk-!-margin-bottom-1", `${text("seen_on", { DAY: group.first.day })} ${drafts ? text(drafts === 1 ? "with_draft" : "with_drafts", { NUMBER: drafts }) : ""}`));
  if (group.state !== "sent" && group.first.body.text) words.append(element("p", "palms-muted govuk-!-margin-bottom-1", group.first.body.text));
  for (const said of new Set(group.parts.map((part) => part.says).filter(Boolean))) words.append(element("p", "govuk-body govuk-!-margin-bottom-1", said));
  if (changeable && group.first.begun && group.parts.every((part) => !part.tried)) words.append(changing(group));
  return made;
}

function changing(group) {
  const made = element("button", "palms-link-button", text("change"));
  made.type = "button";
  made.append(element("span", "govuk-visually-hidden", `: ${group.first.who}, ${group.first.day}`));
  made.addEventListener("click", async () => {
    const { begun } = group.first;
    const back = await phone.takeBack(group.parts.map((part) => part.id), phone.visits.begunName(begun.id), begun);
    if (back) location.assign(phone.visits.observeUrl(begun.enrolment, begun.id));
    else await fill();
  });
  return made;
}
