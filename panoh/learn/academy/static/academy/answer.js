// An answer is sent as soon as it is chosen, and again when the line comes back. Without this file the button does it.
// What could not be sent waits in this tab alone, by attempt and question, and goes when the test is handed in.

const RETRY = 4000;
const WAIT = 25000;
const key = (attempt, place) => `test:${attempt}:${place}`;

function store(name, value) {
  try {
    if (value === null) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, value);
  } catch {
    // a closed storage only means that a reload asks the question again
  }
}

function stored() {
  try {
    return Object.entries(sessionStorage).filter(([name]) => name.startsWith("test:"));
  } catch {
    return [];
  }
}

function forget(attempt) {
  stored().forEach(([name]) => name.startsWith(`test:${attempt}:`) && store(name, null));
}

async function send(action, body) {
  const stop = AbortSignal.timeout ? AbortSignal.timeout(WAIT) : undefined;
  const headers = { Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" };
  const answer = await fetch(action, { method: "POST", body, headers, redirect: "error", signal: stop });
  if (answer.status >= 500 || answer.status === 429) throw new Error("later");
  return [answer.status, await answer.json().catch(() => ({}))];
}

function fill(form, said) {
  for (const field of form.elements) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = said.getAll(field.name).includes(field.value);
    else if (field.name === "form" || field.name.startsWith("answer")) field.value = said.get(field.name) ?? "";
  }
}

const form = document.querySelector("form[data-attempt]");
if (form) {
  const { attempt, place, saved, waits, over } = form.dataset;
  const state = form.querySelector("[data-state]");
  const name = key(attempt, place);
  let busy = false;
  let newest = null;

  const say = (text) => (state.textContent = text);

  async function keep() {
    if (busy || newest === null) return;
    busy = true;
    const body = newest;
    try {
      const [status, told] = await send(form.action, body);
      if (newest === body) {
        newest = null;
        store(name, null);
      }
      if (status === 200) say(`${saved} ${told.saved}`);
      else if (status === 409) say(over);
      else say("");
    } catch {
      say(waits);
      setTimeout(keep, RETRY);
      busy = false;
      return;
    }
    busy = false;
    keep();
  }

  function note() {
    form.elements.form.value = crypto.randomUUID ? crypto.randomUUID() : form.elements.form.value;
    const data = new URLSearchParams(new FormData(form));
    data.set("at", new Date().toISOString());
    newest = data.toString();
    store(name, newest);
    keep();
  }

  form.addEventListener("change", note);
  addEventListener("online", keep);
  // The button sends the very same form; while the line is cut the page and its answer stay.
  form.addEventListener("submit", (event) => {
    if (navigator.onLine) return;
    event.preventDefault();
    note();
  });
  // The page came back without what waits: it is shown again, so that the button sends it and not an empty form.
  const waiting = stored().find(([held]) => held === name);
  if (waiting) {
    newest = waiting[1];
    fill(form, new URLSearchParams(newest));
    keep();
  }
}

// Answers of other pages that the line cut off go before the test is handed in.
const handIn = document.querySelector("form[data-hand-in]");
if (handIn) {
  const base = new URL("../", location.href);
  const attempt = handIn.dataset.handIn;
  const own = stored().filter(([name]) => name.startsWith(`test:${attempt}:`));
  Promise.allSettled(
    own.map(async ([name, body]) => {
      await send(new URL(`${name.split(":")[2]}/save/`, base), body);
      store(name, null);
    }),
  ).then((done) => done.some((one) => one.status === "fulfilled") && location.reload());
  handIn.addEventListener("submit", () => forget(attempt));
}

const done = document.querySelector("[data-over-attempt]");
if (done) forget(done.dataset.overAttempt);
