// What is kept on this phone, in the browser's own database: things done that wait to be sent, and what was taken along
// to work with no signal: modules to study, and visits to learners. Used by pages and by the service worker alike, so it
// imports and exports nothing.
self.palmsPhone = (() => {
  const PREFIX = "palms-phone";
  let root;
  let opened;

  // `place` is the path all our pages are below: two sites on one host keep apart.
  function at(place) {
    root = place;
    opened = undefined;
  }

  function database() {
    opened ??= idb.openDB(`${PREFIX}:${root}`, 1, {
      upgrade(db) {
        db.createObjectStore("items", { keyPath: "id" }).createIndex("person", "person");
        db.createObjectStore("kept", { keyPath: "key" });
        db.createObjectStore("notes");
      },
      blocking: () => opened?.then((db) => db.close()).finally(() => (opened = undefined)),
      terminated: () => (opened = undefined),
    });
    opened.catch(() => (opened = undefined));
    return opened;
  }

  // "strict": the browser says "done" only when it is on the disk, so that an empty battery takes nothing.
  async function write(stores, work) {
    const tx = (await database()).transaction(stores, "readwrite", { durability: "strict" });
    try {
      const came = await work(tx);
      await tx.done;
      return came;
    } catch (error) {
      tx.done.catch(() => {});
      throw error;
    }
  }

  // This phone's clock, which never goes back here: what was done later must not seem earlier because the clock was
  // set. How wrong it is does not matter; the server only uses how long ago something was.
  async function tick(tx) {
    const now = Math.max(Date.now(), ((await tx.objectStore("notes").get("clock")) ?? 0) + 1);
    await tx.objectStore("notes").put(now, "clock");
    return now;
  }

  const clock = () => write(["notes"], tick);

  // A number of its own for each thing, growing with the clock (UUID version 7).
  function number(moment) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    for (let i = 0; i < 6; i += 1) bytes[i] = Math.floor(moment / 2 ** (8 * (5 - i))) % 256;
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  // Keep several things that were done together, all of them or none; the note they were begun in goes with it.
  async function addAll(things, begun) {
    return write(["items", "notes"], async (tx) => {
      const notes = tx.objectStore("notes");
      if (begun && (await notes.get(begun)) === undefined) return []; // another tab was first
      const made = [];
      for (const thing of things) {
        const moment = await tick(tx);
        const item = { at: moment, id: number(moment), ...thing, state: "waiting" };
        await tx.objectStore("items").put(item);
        made.push(item);
      }
      if (begun) await notes.delete(begun);
      return made;
    });
  }

  // Take things back that have not been tried to send, all of them or none, and go on with them in a note.
  async function takeBack(ids, name, begun) {
    return write(["items", "notes"], async (tx) => {
      const items = tx.objectStore("items");
      const found = await Promise.all(ids.map((id) => items.get(id)));
      if (found.some((item) => item?.state !== "waiting" || item.tried)) return false;
      for (const id of ids) await items.delete(id);
      await tx.objectStore("notes").put(begun, name);
      return true;
    });
  }

  // Keep something that was done. It takes the place of `instead`, when that one has not been sent yet.
  async function add(thing, instead) {
    return write(["items", "notes"], async (tx) => {
      const items = tx.objectStore("items");
      const moment = await tick(tx);
      const item = { ...thing, at: moment, id: number(moment), state: "waiting" };
      const before = instead && (await items.get(instead));
      if (before?.state === "waiting" && !before.tried) {
        await items.delete(instead); // it never left this phone, so nobody will know it by name
        item.instead_of = before.instead_of;
      }
      await items.put(item);
      return item;
    });
  }

  async function items(person) {
    const found = await (await database()).getAllFromIndex("items", "person", person);
    return found.sort((a, b) => a.at - b.at);
  }

  async function waiting(person) {
    return (await items(person)).filter((item) => item.state === "waiting");
  }

  async function allWaiting() {
    return (await (await database()).getAll("items")).filter((item) => item.state === "waiting");
  }

  async function change(ids, how) {
    await write(["items"], async (tx) => {
      for (const id of ids) {
        const item = await tx.store.get(id);
        if (item) await tx.store.put({ ...item, ...how(item) });
      }
    });
  }

  // Of these, the ones that are still here to be sent. From now on they may be on their way: they are no longer taken back
  // or replaced. Those taken back a moment ago are left out, so that nothing is sent that its owner is changing.
  async function claim(ids) {
    return write(["items"], async (tx) => {
      const found = await Promise.all(ids.map((id) => tx.store.get(id)));
      const claimed = found.filter((item) => item?.state === "waiting");
      for (const item of claimed) await tx.store.put({ ...item, tried: true });
      return claimed;
    });
  }

  async function forget(which) {
    await write(["items"], async (tx) => {
      for (const item of await tx.store.getAll()) if (which(item)) await tx.store.delete(item.id);
    });
  }

  const allKept = async (person) => (await (await database()).getAll("kept")).filter((each) => !person || each.person === person);
  // Only modules; what else was taken along says of what kind it is.
  const kept = async (person) => (await allKept(person)).filter((each) => !each.kind);
  const keptOf = async (kind, person) => (await allKept(person)).find((each) => each.kind === kind);
  const keep = (record) => write(["kept"], (tx) => tx.store.put(record));
  const drop = (key) => write(["kept"], (tx) => tx.store.delete(key));
  const note = async (name) => (await database()).get("notes", name);
  const setNote = (name, value) => write(["notes"], (tx) => (value === undefined ? tx.store.delete(name) : tx.store.put(value, name)));

  // Notes whose names begin alike, with their names.
  async function notesUnder(prefix) {
    const within = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    const tx = (await database()).transaction("notes");
    const [names, values] = await Promise.all([tx.store.getAllKeys(within), tx.store.getAll(within)]);
    return names.map((name, i) => [name, values[i]]);
  }

  // Caches are named by site, person, module and copy, so that each can go by itself.
  const cacheName = (person, key, copy) => [PREFIX, root, person, key, copy].join(":");
  const isOurs = (name) => name.startsWith(`${PREFIX}:${root}:`);

  async function dropCaches(which) {
    for (const name of await caches.keys()) if (isOurs(name) && which(name)) await caches.delete(name);
  }

  // Somebody signed out, or somebody else signed in: pages and what was sent already go. What waits, and what was begun
  // to be written, stays for its owner.
  async function leave(person) {
    if (!self.caches) return;
    const theirs = (each) => each.person !== person;
    await dropCaches((name) => !person || !name.startsWith(`${PREFIX}:${root}:${person}:`));
    for (const record of await allKept()) if (theirs(record)) await drop(record.key);
    await forget((item) => theirs(item) && item.state !== "waiting");
  }

  // What was taken along for a time goes when that time is over, whoever opens the browser then. The clock that never
  // goes back decides, so that setting it back keeps nothing longer.
  async function end() {
    const ending = (await allKept()).filter((record) => record.until);
    if (!ending.length) return;
    const now = await clock();
    for (const record of ending.filter((each) => now >= each.until)) {
      await drop(record.key);
      await dropCaches((name) => name.startsWith(cacheName(record.person, record.key, "")));
    }
  }

  return {
    at, clock, add, addAll, takeBack, items, waiting, allWaiting, claim, change, forget, kept, allKept, keptOf, keep, drop, note,
    setNote, notesUnder, cacheName, dropCaches, isOurs, leave, end,
    root: () => root,
  };
})();
