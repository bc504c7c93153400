// One learner who was taken along: where each line stands, and the way to write down what one sees.
const phone = self.palmsPhone;
const { page, find, text, element } = phone.visits;
const enrolment = new URLSearchParams(location.search).get("e");
const record = await phone.visits.taken();
const learner = record?.pack.learners.find((each) => each.enrolment === enrolment);

if (learner) {
  for (const place of page.querySelectorAll("[data-who]")) place.textContent = learner.who;
  document.title = document.title.replace(page.dataset.nobody, learner.who);
  find("record").href = phone.visits.observeUrl(enrolment, crypto.randomUUID());
  find("what").textContent = learner.what;
  find("made").textContent = text("made", { DAY: phone.day(record.kept_at) });
  const begun = (await phone.visits.begun()).filter((each) => each.enrolment === enrolment);
  find("begun-part").hidden = !begun.length;
  find("begun-list").replaceChildren(...begun.map(beginning));
  find("units").replaceChildren(...learner.units.map(unit));
  find("there").hidden = false;
} else {
  find("gone").hidden = false;
}
page.hidden = false;

function beginning(each) {
  const made = element("li");
  const link = element("a", "govuk-link", text("seen_on", { DAY: phone.visits.dayWords(each) || text("no_day") }));
  link.href = phone.visits.observeUrl(enrolment, each.id);
  made.append(link, element("span", "palms-muted palms-visit-line", each.text.slice(0, 80)));
  return made;
}

function unit(mine) {
  const { title, lang, lines } = record.pack.units[mine.id];
  const made = find("unit").content.firstElementChild.cloneNode(true);
  const met = lines.filter((line) => mine.stands[line.key]?.stand === "met").length;
  made.querySelector("[data-title]").textContent = title;
  made.querySelector("[data-title]").lang = lang;
  made.querySelector("[data-count]").textContent = mine.signed ? text("signed") : text("count", { DONE: met, ALL: lines.length });
  made.querySelector("[data-why]").textContent = mine.why ?? "";
  made.querySelector("[data-why]").hidden = !mine.why;
  made.querySelector("[data-lines]").replaceChildren(...lines.map((line) => row(line, mine.stands[line.key] ?? {})));
  return made;
}

function row(line, stand) {
  const made = element("li", "palms-visit-stand");
  const said = element("span", "", `${line.code ? `${line.code} ` : ""}${line.text}`);
  said.lang = line.lang;
  const tag = page.querySelector("[data-stands]").content.querySelector(`[data-name="${stand.stand ?? "nothing"}"]`).cloneNode(true);
  made.append(said, " ", tag);
  if (stand.draft) made.append(" ", element("span", "palms-muted", text("draft")));
  return made;
}
