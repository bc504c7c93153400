// The page "On this phone": what waits, what could not be saved, and which modules are kept.
const phone = self.palmsPhone;
const page = document.querySelector("[data-phone-page]");
const find = (what) => page.querySelector(`[data-${what}]`);
const kinds = find("kinds").content;
let drawn;
const ofStudy = (item) => !item.to; // visits have a page of their own

find("lost").hidden = location.pathname === new URL("learning/phone", new URL(phone.root(), location.origin)).pathname;

document.addEventListener("palms-phone-sent", fill);
document.addEventListener("palms-phone-news", fill);
find("send").addEventListener("click", async () => {
  find("send-said").textContent = phone.text("sending");
  const { state } = await phone.sendNow();
  const says = { sent: "sent", nothing: "sent", signal: "no_signal", signed_out: "sign_in", busy: "busy" };
  find("send-said").textContent = phone.text(says[state]);
});
find("forget").addEventListener("click", async () => {
  await phone.forget((item) => item.person === phone.person && ofStudy(item) && item.state === "refused");
  await fill();
});

if (phone.canKeep()) await fill();
else find("cannot").hidden = false;
page.hidden = false;

// What stands there already stays as it is: a finger may be on it.
async function fill() {
  const [items, kept] = [(await phone.items(phone.person)).filter(ofStudy), await phone.kept(phone.person)];
  const now = JSON.stringify([items, kept]);
  if (now === drawn) return;
  drawn = now;
  const waiting = items.filter((item) => item.state === "waiting");
  const refused = items.filter((item) => item.state === "refused");
  find("waiting").replaceChildren(...waiting.map((item) => row(item, kept)));
  find("refused-list").replaceChildren(...refused.map((item) => row(item, kept, item.says)));
  find("kept-list").replaceChildren(...kept.map(card));
  find("waiting").hidden = find("send").hidden = !waiting.length;
  find("none-waiting").hidden = Boolean(waiting.length);
  find("refused").hidden = !refused.length;
  find("none-kept").hidden = Boolean(kept.length);
}

function row(item, kept, says) {
  const made = find("row").content.firstElementChild.cloneNode(true);
  const record = kept.find((each) => each.key === item.key);
  const at = record?.check?.questions.findIndex((question) => question.code === item.question) ?? -1;
  const kind = kinds.querySelector(`[data-name="${item.kind}"]`).textContent.replace("NUMBER", at < 0 ? "" : at + 1).trim();
  made.querySelector("dt").textContent = record ? `${record.title}: ${kind}` : kind;
  for (const text of [...(says ? [says] : []), ...(item.shown ?? (item.text ? [item.text] : []))]) {
    made.querySelector("dd").append(Object.assign(document.createElement("p"), { className: "govuk-body govuk-!-margin-bottom-1", textContent: text }));
  }
  return made;
}

function card(record) {
  const made = find("kept-card").content.firstElementChild.cloneNode(true);
  const link = made.querySelector("a");
  link.textContent = record.title;
  link.href = record.url;
  const about = made.querySelector("[data-about]");
  about.textContent = about.textContent.replace("DAY", phone.day(record.kept_at)).replace("NUMBER", Math.ceil(record.bytes / 1000));
  made.querySelector("[data-name]").textContent = record.title;
  made.querySelector("[data-drop]").addEventListener("click", async () => {
    await phone.dropModule(record.key);
    await fill();
    page.querySelector("h2").focus();
  });
  return made;
}
