// Sends one file by the tus protocol, and has it looked at when it is whole. How far it came is known to the server, so
// that a closed tab, another day or another phone loses nothing, and nothing about it is kept on this one.
const PIECE = 900_000; // many gates let no more than 1 MB through at once
const AGAIN = [1_000, 3_000, 5_000, 10_000, 20_000, 30_000, 60_000];
const ENDS = 65_536;

// Gives back `{go, pause, drop, paused}`; `told` has what to call while it goes.
export async function start(bytes, about, told) {
  await import(told.tus);
  const mark = await fingerprint(bytes);
  const known = told.before.find((each) => each.fingerprint === mark && each.length === bytes.size);
  const headers = { "X-LMS-CSRF": told.token };
  const sender = { paused: false, dropped: false };

  const upload = new globalThis.tus.Upload(bytes, {
    endpoint: told.at,
    uploadUrl: known ? new URL(known.at, location.href).href : null,
    chunkSize: PIECE,
    headers,
    retryDelays: AGAIN,
    storeFingerprintForResuming: false,
    metadata: { ...about, allowed: "yes", fingerprint: mark, for: told.note },
    onShouldRetry(error) {
      const status = error.originalResponse?.getStatus() ?? 0;
      told.say("no_line", spoken(error));
      return status === 0 || status === 409 || status === 423 || status === 460 || status >= 500;
    },
    onProgress: (sent, all) => told.progress(Math.floor((sent / all) * 100)),
    onError: failed,
    onSuccess: look,
  });

  // Out of a tunnel there is no reason to wait for the next try.
  const onLine = () => {
    if (sender.dropped || (sender.paused && !sender.waits)) return;
    sender.paused = sender.waits = false;
    told.going();
    upload.abort().then(() => upload.start());
  };
  addEventListener("online", onLine);

  function failed(error) {
    if (sender.dropped) return;
    const answer = error.originalResponse;
    const status = answer?.getStatus() ?? 0;
    if (status === 422 || status === 413) return ended(() => told.refused(answer.getBody()));
    if (!status || status >= 500) {
      // Tried long enough: it goes on when the browser says that there is a line, or when somebody presses.
      sender.paused = sender.waits = true;
      told.say("no_line", spoken(error));
      told.stopped();
      return;
    }
    ended(() => told.refused(told.texts.signed_out));
  }

  async function look() {
    told.say("looking");
    for (const wait of AGAIN) {
      try {
        const answer = await fetch(`${upload.url}/look`, { method: "POST", headers, credentials: "same-origin", redirect: "error" });
        if (answer.ok) {
          const found = await answer.json();
          known?.item.remove();
          return ended(() => (found.state === "ready" ? told.ready(found) : told.refused(found.refused)));
        }
        if (answer.status < 500 && answer.status !== 423) return ended(() => told.say("failed"));
      } catch {
        told.say("no_line");
      }
      await new Promise((go) => setTimeout(go, wait));
      if (sender.dropped) return undefined;
    }
    return ended(() => told.say("failed"));
  }

  function ended(call) {
    removeEventListener("online", onLine);
    if (!sender.dropped) call();
  }

  return Object.assign(sender, {
    go() {
      if (known) told.say("going_on");
      upload.start();
    },
    pause() {
      sender.paused = !sender.paused;
      sender.waits = false;
      if (sender.paused) upload.abort();
      else upload.start();
    },
    drop() {
      sender.dropped = true;
      ended(() => {});
      upload.abort(Boolean(upload.url)).catch(() => {}); // what is left there is thrown away by itself after some days
      known?.item.remove();
    },
  });
}

// What a server that is full or busy says in words; nothing where nobody answered.
function spoken(error) {
  const answer = error.originalResponse;
  return answer?.getStatus() === 503 && answer.getHeader("Content-Type")?.startsWith("text/plain") ? answer.getBody() : undefined;
}

// The same file has the same mark, on whichever device and whatever it is called: its length, its beginning and its end.
async function fingerprint(bytes) {
  const ends = new Blob([String(bytes.size), bytes.slice(0, ENDS), bytes.slice(Math.max(0, bytes.size - ENDS))]);
  if (!globalThis.crypto?.subtle) return `${bytes.size}-${bytes.lastModified ?? 0}`;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", await ends.arrayBuffer()));
  return [...digest].map((each) => each.toString(16).padStart(2, "0")).join("");
}
