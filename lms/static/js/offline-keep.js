// Keeping a module on this phone, renewing it, taking it off; the box for it on the module's page.
const phone = self.palmsPhone;
const part = document.getElementById("palms-phone");
const CHECK_AGAIN = 600_000;

phone.canKeep = () => Boolean(self.isSecureContext && navigator.serviceWorker && self.caches && self.indexedDB && phone.person);

// Fetch everything of a module and keep it as one: a copy that did not come whole leaves the one before as it was.
phone.keepModule = async ({ bundleUrl, keepUrl }) => {
  if (keepUrl) await phone.post(keepUrl, part.dataset.sending);
  const answer = await fetch(bundleUrl, { credentials: "same-origin", redirect: "error", cache: "no-store" });
  if (!answer.ok) throw new Error(String(answer.status));
  const bundle = await answer.json();
  if (bundle.person !== phone.person) throw new Error("person");
  await phone.register();
  const key = `${bundle.enrolment}/${bundle.module}`;
  const name = phone.cacheName(phone.person, key, Date.now());
  try {
    const bytes = await phone.fill(await caches.open(name), bundle, answer.headers);
    await phone.keep({
      key, name, bytes, bundleUrl,
      person: phone.person,
      title: bundle.title, version: bundle.version, edition: bundle.edition, language: bundle.language,
      kept_at: bundle.made_at, url: bundle.url, steps: bundle.steps, check: bundle.check,
      urls: Object.keys(bundle.pages),
    });
  } catch (error) {
    await caches.delete(name);
    throw error;
  }
  await phone.forget((item) => item.person === phone.person && item.key === key && item.state === "sent");
  await phone.dropCaches((each) => each.startsWith(phone.cacheName(phone.person, key, "")) && each !== name);
  navigator.storage?.persist?.().catch(() => {});
};

phone.dropModule = async (key) => {
  await phone.drop(key);
  await phone.dropCaches((name) => name.startsWith(phone.cacheName(phone.person, key, "")));
  await phone.rest();
};

// The worker stays only while there is something for it to do.
phone.rest = async () => {
  if ((await phone.allKept()).length || (await phone.allWaiting()).length) return;
  await (await navigator.serviceWorker.getRegistration(phone.root()))?.unregister();
};

// Pages carry the day they were kept on, and the same headers as from the server, so that the same rules hold for them.
async function keepPage(cache, url, html, madeAt, sent) {
  const headers = { "Content-Type": "text/html; charset=utf-8" };
  for (const name of ["Content-Security-Policy", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy", "Permissions-Policy"]) {
    if (sent.has(name)) headers[name] = sent.get(name);
  }
  await cache.put(url, new Response(html.replace("<html ", `<html data-kept-at="${madeAt}" `), { headers }));
  return html.length;
}

phone.fill = async (cache, bundle, sent) => {
  let bytes = 0;
  for (const [url, html] of Object.entries(bundle.pages)) {
    const page = html.replace(/<!--same (\d+)-->/g, (_mark, i) => bundle.same[i]);
    bytes += await keepPage(cache, url, page, bundle.made_at, sent);
  }
  return bytes + (await keepFiles(cache, [...bundle.assets, ...Object.keys(bundle.pictures)]));
};

async function keepFiles(cache, urls) {
  let bytes = 0;
  for (const url of urls) {
    const file = await fetch(url, { credentials: "same-origin" });
    if (!file.ok) throw new Error(`${file.status} ${url}`);
    bytes += (await file.clone().arrayBuffer()).byteLength;
    await cache.put(url, file);
  }
  return bytes;
}

// Ask for something to be done, with a fresh token from the room it is asked of; gives the answer.
phone.post = async (url, sending, body) => {
  const asked = await fetch(sending, { credentials: "same-origin", redirect: "error", cache: "no-store" });
  if (!asked.ok) throw new Error(String(asked.status));
  const { token } = await asked.json();
  const headers = { "X-LMS-CSRF": token, ...(body && { "Content-Type": "application/json" }) };
  const answer = await fetch(url, { method: "POST", headers, body: body && JSON.stringify(body), credentials: "same-origin", redirect: "error" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
};

phone.register = async () => {
  const { search } = new URL(import.meta.url);
  await navigator.serviceWorker.register(part.dataset.worker + search, { scope: phone.root(), updateViaCache: "none" });
  await navigator.serviceWorker.ready;
};

// ---- copies that are no longer what the server would give ----

// An open check that is not the one kept, another language or a newer build is fetched by itself, since without it the
// copy does not do what it is for. A new edition is only offered: see the box.
async function renewQuietly() {
  if (!phone.online() || !phone.canKeep()) return;
  const last = (await phone.note("renewed")) ?? 0;
  const strange = document.querySelector("form[data-attempt]") && !(await phone.kept(phone.person)).some((each) => each.urls.includes(location.pathname));
  if (!strange && Date.now() - last < CHECK_AGAIN) return;
  for (const record of await phone.kept(phone.person)) {
    const now = await sizeOf(record.bundleUrl.replace("phone.json", "phone-size.json"));
    if (now.version !== record.version && now.edition === record.edition) await phone.keepModule(record);
  }
  await phone.setNote("renewed", Date.now());
}

async function sizeOf(url) {
  const answer = await fetch(url, { credentials: "same-origin", redirect: "error" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

// ---- the box on the module's page ----

const box = document.querySelector("[data-keep]");
if (box) showBox().catch(() => show("cannot"));
else renewQuietly().catch(() => {});
document.addEventListener("palms-phone-sent", (event) => event.detail.marked && phone.setNote("renewed", 0).then(renewQuietly, () => {}));

async function showBox() {
  box.hidden = false;
  if (!phone.canKeep()) return show("cannot");
  const record = (await phone.kept(phone.person)).find((each) => each.key === box.dataset.key);
  if (record) show("kept", record);
  else show("none");
  if (!phone.online()) {
    for (const button of box.querySelectorAll('[data-do="keep"], [data-do="renew"]')) button.hidden = true;
    return;
  }
  const size = await sizeOf(box.dataset.sizeUrl).catch(() => undefined);
  if (size && !record) say("fetch", { NUMBER: size.pages + size.assets + size.pictures, ROOM: size.room });
  if (size && record && size.version !== record.version) {
    if (size.edition === record.edition) await phone.keepModule(record).catch(() => show("newer", record));
    else show("newer", record);
  }
}

function show(state, record) {
  for (const line of box.querySelectorAll("[data-state]")) line.hidden = line.dataset.state !== state;
  const line = box.querySelector(`[data-state="${state}"]`);
  line.dataset.text ??= line.textContent;
  if (record) line.textContent = line.dataset.text.replace("DAY", phone.day(record.kept_at));
  const doable = { none: ["keep"], kept: ["drop"], newer: ["renew", "drop"], full: ["keep"], failed: ["keep"], cannot: [] };
  for (const button of box.querySelectorAll("[data-do]")) button.hidden = !doable[state].includes(button.dataset.do);
  say("room", { ROOM: record?.bytes });
}

function say(what, sizes) {
  const line = box.querySelector("[data-size]");
  const put = (text, [name, bytes]) => text.replace(name, Math.ceil(bytes / 1000));
  line.textContent = Object.values(sizes).every(Boolean) ? Object.entries(sizes).reduce(put, line.dataset[what]) : "";
}

box?.addEventListener("click", async (event) => {
  const what = event.target.closest("[data-do]")?.dataset.do;
  if (!what) return;
  const said = box.querySelector("[data-keep-said]");
  said.textContent = "";
  if (what === "drop") {
    await phone.dropModule(box.dataset.key);
    await showBox();
    said.textContent = said.dataset.dropped;
    return;
  }
  said.textContent = said.dataset.keeping;
  for (const button of box.querySelectorAll("[data-do]")) button.disabled = true;
  try {
    await phone.keepModule(box.dataset);
    await showBox();
    said.textContent = said.dataset.kept;
  } catch (error) {
    said.textContent = "";
    show(error.name === "QuotaExceededError" ? "full" : "failed");
  }
  for (const button of box.querySelectorAll("[data-do]")) button.disabled = false;
});
