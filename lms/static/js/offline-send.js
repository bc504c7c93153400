// Sends what waits on this phone, in order, in small parts. Doing it twice, or in two places at once, changes nothing:
// everything carries its own number. Used by pages and by the service worker alike.
(() => {
  const phone = self.palmsPhone;
  const MOST = 25;
  const LARGEST = 200_000;
  const PATIENCE = 20_000;
  const BODY = ["id", "kind", "at", "attempt", "question", "fields", "instead_of", "enrolment", "lesson", "activity", "text", "finished", "answers"];

  // What came of it: { state: "sent" | "signal" | "signed_out" | "busy" | "nothing", marked: attempt or undefined,
  // look: whether something came otherwise than its sender meant }.
  phone.send = () => {
    if (!self.navigator.locks) return everywhere();
    return navigator.locks.request(`palms-phone:${phone.root()}`, everywhere);
  };

  // Things go to the room they belong to. What stops one room need not stop another; what is worst is said.
  const WORST_LAST = ["nothing", "sent", "busy", "signed_out", "signal"];
  const place = (item) => item.to ?? "learning/sending";

  async function everywhere() {
    const waiting = await phone.allWaiting();
    const mine = waiting.filter((item) => !phone.person || item.person === phone.person);
    let came = { state: "nothing" };
    for (const to of new Set([...mine, ...waiting].map(place))) {
      const one = await attempt(to);
      if (one.state === "signal") return { ...came, ...one };
      const counts = mine.some((item) => place(item) === to);
      const worse = counts && WORST_LAST.indexOf(one.state) > WORST_LAST.indexOf(came.state);
      came = { state: worse ? one.state : came.state, marked: one.marked ?? came.marked, look: one.look || came.look };
    }
    return came;
  }

  async function attempt(to) {
    let marked;
    let look = false;
    let most = MOST;
    for (let turns = 0; turns < 200; turns += 1) {
      if (!(await phone.allWaiting()).some((item) => place(item) === to)) return { state: turns ? "sent" : "nothing", marked, look };
      const asked = await ask(to, "GET");
      if (asked.state) return { ...asked, marked, look };
      const { person, token } = asked.said;
      const mine = (await phone.waiting(person)).filter((item) => place(item) === to);
      if (!mine.length) return { state: turns ? "sent" : "nothing", marked, look };
      const part = await phone.claim(parts(mine, most).map((item) => item.id));
      if (!part.length) continue; // all of it was taken back meanwhile
      const body = JSON.stringify({ person, phone_now: await phone.clock(), items: part.map(bare) });
      const came = await ask(to, "POST", body, token);
      if (came.state === "busy" && came.status !== 503 && most > 1) {
        most = 1; // one of them may be what the server stumbles over: the others go by themselves
        continue;
      }
      if (came.state) return { ...came, marked, look };
      const settled = await settle(part, came.said.items, mine);
      marked = settled.marked ?? marked;
      look ||= settled.look;
      if (!settled.any) return { state: "busy", marked, look };
    }
    return { state: "busy", marked, look };
  }

  async function ask(to, method, body, token) {
    try {
      const answer = await fetch(`${phone.root()}${to}`, {
        method,
        body,
        headers: { Accept: "application/json", ...(body && { "Content-Type": "application/json", "X-LMS-CSRF": token }) },
        credentials: "same-origin",
        cache: "no-store",
        redirect: "manual",
        signal: AbortSignal.timeout(PATIENCE),
      });
      if (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403) return { state: "signed_out" };
      if (!answer.ok) return { state: "busy", status: answer.status };
      return { said: await answer.json() };
    } catch {
      return { state: "signal" };
    }
  }

  function parts(items, most) {
    const part = [];
    let size = 0;
    for (const item of items) {
      size += JSON.stringify(bare(item)).length;
      if (part.length && (part.length >= most || size > LARGEST)) break;
      part.push(item);
    }
    return part;
  }

  function bare(item) {
    if (item.body) return { id: item.id, kind: item.kind, at: item.at, ...item.body };
    return Object.fromEntries(BODY.filter((name) => item[name] !== undefined).map((name) => [name, item[name]]));
  }

  // Note what each came to. What waits for things which this phone no longer has to send would wait for ever.
  const waitsFor = (item, other) => (item.needs ? other.id === item.needs : other.kind === "answer" && other.attempt === item.attempt);

  async function settle(part, outcomes, mine) {
    const by = new Map(outcomes.map((each) => [each.id, each]));
    const further = mine.length > part.length;
    let any = false;
    let look = false;
    let marked;
    for (const item of part) {
      const { came, says } = by.get(item.id) ?? {};
      if (!came) continue;
      const unsent = mine.some((other) => waitsFor(item, other) && !by.has(other.id));
      if (came === "wait" && (further || unsent)) continue;
      any = true;
      const bad = came === "refused" || came === "wait" || came === "not_counted";
      if (item.kind === "hand_in" && !bad) marked = item.attempt;
      if (came === "kept" || came === "meets") look = true;
      await phone.change([item.id], () => ({ state: bad ? "refused" : "sent", came, says: says ?? undefined }));
    }
    return { any, marked, look };
  }
})();
