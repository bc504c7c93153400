// Sends what waits on this phone, in order, in small parts. Doing it twice, or in two places at once, changes nothing:
// everything carries its own number. Used by pages and by the service worker alike.
(() => {
  const phone = self.palmsPhone;
  const MOST = 25;
  const LARGEST = 200_000;
  const PATIENCE = 20_000;
  const BODY = ["id", "kind", "at", "attempt", "question", "fields", "instead_of", "enrolment", "lesson", "activity", "text", "finished", "answers"];

  // What came of it: { state: "sent" | "signal" | "signed_out" | "busy" | "nothing", marked: attempt or undefined }.
  phone.send = () => {
    if (!self.navigator.locks) return attempt();
    return navigator.locks.request(`palms-phone:${phone.root()}`, attempt);
  };

  async function attempt() {
    let marked;
    let most = MOST;
    for (let turns = 0; turns < 200; turns += 1) {
      if (!(await phone.allWaiting()).length) return { state: turns ? "sent" : "nothing", marked };
      const asked = await ask("GET");
      if (asked.state) return { ...asked, marked };
      const { person, token } = asked.said;
      const mine = await phone.waiting(person);
      if (!mine.length) return { state: turns ? "sent" : "nothing", marked };
      const part = parts(mine, most);
      await phone.change(part.map((item) => item.id), () => ({ tried: true }));
      const body = JSON.stringify({ person, phone_now: await phone.clock(), items: part.map(bare) });
      const came = await ask("POST", body, token);
      if (came.state === "busy" && came.status !== 503 && most > 1) {
        most = 1; // one of them may be what the server stumbles over: the others go by themselves
        continue;
      }
      if (came.state) return { ...came, marked };
      const settled = await settle(part, came.said.items, mine);
      marked = settled.marked ?? marked;
      if (!settled.any) return { state: "busy", marked };
    }
    return { state: "busy", marked };
  }

  async function ask(method, body, token) {
    try {
      const answer = await fetch(`${phone.root()}learning/sending`, {
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
    return Object.fromEntries(BODY.filter((name) => item[name] !== undefined).map((name) => [name, item[name]]));
  }

  // Note what each came to. A check that waits for answers which this phone no longer has to send would wait for ever.
  async function settle(part, outcomes, mine) {
    const by = new Map(outcomes.map((each) => [each.id, each]));
    const further = mine.length > part.length;
    let any = false;
    let marked;
    for (const item of part) {
      const { came, says } = by.get(item.id) ?? {};
      if (!came) continue;
      const unsent = mine.some((other) => other.kind === "answer" && other.attempt === item.attempt && !by.has(other.id));
      if (came === "wait" && (further || unsent)) continue;
      any = true;
      const bad = came === "refused" || came === "wait" || came === "not_counted";
      if (item.kind === "hand_in" && !bad) marked = item.attempt;
      await phone.change([item.id], () => ({ state: bad ? "refused" : "sent", came, says: says ?? undefined }));
    }
    return { any, marked };
  }
})();
