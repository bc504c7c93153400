// Answers for the server when there is no signal, from what was kept on this phone; and sends what waits after the last
// page was closed. It is installed only by keeping a module, and touches nothing but our own pages.
const { search } = self.location;
const ROOT = new URL(self.registration.scope).pathname;
importScripts(...["vendor/idb.js", "js/offline-store.js", "js/offline-send.js"].map((name) => `${ROOT}static/${name}${search}`));
const phone = self.palmsPhone;
const PATIENCE = 4000;
const AWAY = 502; // what a gate says when nobody is at home behind it

phone.at(ROOT);

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin || !url.pathname.startsWith(ROOT)) return;
  if (request.mode === "navigate") event.respondWith(request.method === "GET" ? page(request, url) : sent(request, url));
  else if (request.method === "GET" && isFile(url)) event.respondWith(file(request));
});

self.addEventListener("sync", (event) => {
  if (event.tag === "palms-phone") event.waitUntil(deliver(event.lastChance));
});

// Failing tells the browser to try again later by itself.
async function deliver(last) {
  const came = await phone.send();
  new BroadcastChannel(`palms-phone:${ROOT}`).postMessage(came);
  if (!last && (came.state === "signal" || came.state === "busy")) throw new Error(came.state);
}

// The server's page when it comes in time, else the one on this phone; for an address that is not here, the list of
// what is.
async function page(request, url) {
  const copy = await kept(request.url);
  try {
    const fresh = await inTime(fetch(request), copy && PATIENCE);
    if (fresh.status < AWAY || !copy) return fresh;
  } catch (error) {
    if (!copy) return (await listFor(url)) ?? Promise.reject(error);
  }
  return copy;
}

// The page that says what is on this phone: of modules, or of visits.
async function listFor(url) {
  const lists = [`${ROOT}learning/phone`, `${ROOT}visits/phone`];
  if (url.pathname.startsWith(`${ROOT}visits`)) lists.reverse();
  for (const list of lists) {
    const copy = await kept(new URL(list, url).href);
    if (copy) return copy;
  }
  return undefined;
}

function inTime(answer, patience) {
  if (!patience) return answer;
  answer.catch(() => {});
  return Promise.race([answer, new Promise((_resolve, reject) => setTimeout(reject, patience))]);
}

// A form that was sent the plain way. Signing out takes what is one's own off this phone; what waits to be sent stays.
async function sent(request, url) {
  const leaving = url.pathname === `${ROOT}sign-out`;
  const answer = await fetch(request).catch((error) => listFor(url).then((copy) => copy ?? Promise.reject(error)));
  if (leaving && answer.type === "opaqueredirect") await phone.leave(undefined);
  return answer;
}

const isFile = (url) => url.pathname.startsWith(`${ROOT}static/`) || url.pathname.startsWith(`${ROOT}learning/pictures/`);

// Files have a mark of their content in their address, so one that is here is the right one.
async function file(request) {
  const copy = await kept(request.url, { ignoreSearch: false });
  if (copy) return copy;
  try {
    return await fetch(request);
  } catch (error) {
    return (await kept(request.url)) ?? Promise.reject(error);
  }
}

// Only looked up, never opened: opening would bring back, empty, one that is being taken off at this moment.
async function kept(url, how = { ignoreSearch: true }) {
  for (const cacheName of (await caches.keys()).filter(phone.isOurs).reverse()) {
    const found = await caches.match(url, { ...how, cacheName });
    if (found) return found;
  }
  return undefined;
}
