/* The open line of a page: words come in by one stream that resumes where it stopped, words go out once.
 *
 *   openLine({url, last, onLine, onState, onBell}) -> {close, last}
 *     onLine(line)   one line as JSON; a line with a known seq and a newer version is its newest wording or fate
 *     onState(state) "open" | "lost" | "ended" (this page may not read any longer; it does not try again)
 *     onBell(name)   "board": something in the queue changed; "typing": the other side types
 *   sendWords({url, form, key, onFate}) -> Promise<{fate, status, answer}>
 *     fate: "sending" | "kept" (it is in the ledger) | "waiting" (no network, tried once more) | "refused" | "unsent"
 *     Only a JSON answer counts as kept: a sign-in page that came instead must not look like success.
 *
 * Nothing that was typed is stored on the device: it stays in the form and in the memory of this tab.
 */

const SILENCE = 40_000; // the server says something every 15 s
const FIRST_WAIT = 500;
const LONGEST_WAIT = 20_000;
const SEND_PATIENCE = 15_000;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

export function openLine({ url, last = 0, onLine = () => {}, onState = () => {}, onBell = () => {} }) {
  const line = { last: Number(last) || 0, close };
  let state = "";
  let stopped = false;
  let attempt = null;
  let wake = () => {};

  function say(next) {
    if (next !== state) onState((state = next));
  }

  function close() {
    stopped = true;
    attempt?.abort();
    wake();
    for (const [target, name, act] of heard) target.removeEventListener(name, act);
  }

  function take({ event, data, id }) {
    if (event === "end") {
      say("ended");
      close();
    } else if (event === "line") {
      if (Number(id) > line.last) {
        line.last = Number(id);
        onLine(JSON.parse(data));
      }
    } else if (event) onBell(event);
  }

  async function listen() {
    const mine = (attempt = new AbortController());
    const address = new URL(url, location.href);
    address.searchParams.set("last", line.last);
    let watch = setTimeout(() => mine.abort(), SILENCE);
    try {
      const answer = await fetch(address, {
        headers: { Accept: "text/event-stream" },
        cache: "no-store",
        signal: mine.signal,
      });
      if ([401, 403, 404].includes(answer.status)) return take({ event: "end" });
      if (!answer.ok) return;
      say("open");
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = "";
      for (;;) {
        const { done, value } = await reader.read();
        if (done || stopped) return;
        clearTimeout(watch);
        watch = setTimeout(() => mine.abort(), SILENCE);
        const parts = (rest + value).split("\n\n");
        rest = parts.pop();
        parts.forEach((part) => !stopped && take(parse(part)));
      }
    } finally {
      clearTimeout(watch);
      mine.abort();
    }
  }

  async function keepListening() {
    let wait = FIRST_WAIT;
    while (!stopped) {
      const began = Date.now();
      try {
        await listen();
      } catch {
        /* no network, or silence: both are "lost" */
      }
      if (stopped) return;
      say("lost");
      if (Date.now() - began > 5_000) wait = FIRST_WAIT;
      await Promise.race([pause(wait * (0.5 + Math.random())), new Promise((done) => (wake = done))]);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    }
  }

  const again = () => wake();
  const heard = [
    [window, "online", again],
    [window, "offline", () => attempt?.abort()],
    [window, "pagehide", () => attempt?.abort()],
    [window, "pageshow", again],
    [document, "visibilitychange", () => document.hidden || again()],
  ];
  for (const [target, name, act] of heard) target.addEventListener(name, act);
  keepListening();
  return line;
}

function parse(part) {
  const found = {};
  for (const row of part.split("\n")) {
    const colon = row.indexOf(": ");
    if (colon > 0) found[row.slice(0, colon)] = row.slice(colon + 2);
  }
  return found;
}

/* One key for one thing said: however often it is sent, the ledger keeps it once. */
export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

export async function sendWords({ url, form, key, onFate = () => {} }) {
  const body = form instanceof FormData ? form : new FormData(form);
  body.set("key", key);
  onFate("sending");
  let result = await attemptToSend(url, body);
  if (result.fate === "unsent") {
    onFate("waiting");
    await untilOnline();
    result = await attemptToSend(url, body);
  }
  onFate(result.fate);
  return result;
}

/* "unsent": nobody knows whether it arrived, so the same key may go again. "refused": it was read and not taken. */
async function attemptToSend(url, body) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), SEND_PATIENCE);
  try {
    const answer = await fetch(url, {
      method: "POST",
      body,
      headers: { Accept: "application/json", "X-Requested-With": "fetch" },
      signal: patience.signal,
    });
    const isJson = (answer.headers.get("content-type") || "").includes("json");
    const said = isJson ? await answer.json() : await answer.text();
    const fate = answer.ok && isJson ? "kept" : answer.status >= 500 || answer.status === 408 ? "unsent" : "refused";
    return { fate, status: answer.status, answer: said };
  } catch {
    return { fate: "unsent", status: 0, answer: null };
  } finally {
    clearTimeout(timer);
  }
}

/* At most a minute; a moment even when the device believes it is online. */
async function untilOnline() {
  await pause(1_500);
  if (navigator.onLine) return;
  await Promise.race([pause(60_000), new Promise((done) => addEventListener("online", done, { once: true }))]);
}
