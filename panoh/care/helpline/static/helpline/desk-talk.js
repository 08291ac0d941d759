// One talk, live. The server draws every line (in the chosen script); this module only asks for what changed.

const talk = document.getElementById("one-talk");
const said = talk.dataset;
const log = document.getElementById("log");
const state = talk.querySelector("[data-line-state]");
const typing = talk.querySelector("[data-typing-sign]");
const tell = (kind, detail) => dispatchEvent(new CustomEvent(kind, { detail }));
let last = Number(said.last) || 0;
let fetching = null;
let again = "";

// --- lines -----------------------------------------------------------------------------------------------------------

const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 120;
const toEnd = () => (log.scrollTop = log.scrollHeight);

function place(fresh, anew) {
  const old = document.getElementById(fresh.id);
  if (old) {
    if (anew || Number(old.dataset.version) <= Number(fresh.dataset.version)) old.replaceWith(fresh);
    return false;
  }
  const after = [...log.children].findLast((one) => Number(one.dataset.seq) < Number(fresh.dataset.seq));
  after ? after.after(fresh) : log.prepend(fresh);
  return true;
}

async function fetchLines(anew = false) {
  if (fetching) {
    again = anew === true || again === "anew" ? "anew" : "more";
    return fetching;
  }
  if (anew === true) last = 0;
  fetching = (async () => {
    const address = new URL(said.lines, location.href);
    address.searchParams.set("after", last);
    if (said.script) address.searchParams.set("script", said.script);
    const answer = await fetch(address, { cache: "no-store", headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok || answer.redirected) return;
    const follow = atEnd();
    const drawn = new DOMParser().parseFromString(`<ol>${await answer.text()}</ol>`, "text/html");
    for (const line of [...drawn.querySelectorAll("li.line")]) {
      last = Math.max(last, Number(line.dataset.version));
      const isNew = place(document.adoptNode(line), anew === true);
      window.htmx?.process(line);
      if (isNew && line.classList.contains("line-in")) {
        tell("say", `${said.saidNew}: ${line.querySelector(".bubble")?.textContent ?? ""}`);
        typing.hidden = true;
      }
    }
    for (const seen of talk.querySelectorAll("input[name=seen]")) seen.value = last;
    if (follow) toEnd();
  })();
  try {
    await fetching;
  } catch {
    /* the open line says when the connection is lost */
  } finally {
    fetching = null;
    if (again) {
      const wanted = again;
      again = "";
      fetchLines(wanted === "anew");
    }
  }
}

// --- the open line ---------------------------------------------------------------------------------------------------

let hush = 0;
function showTyping() {
  typing.hidden = false;
  clearTimeout(hush);
  hush = setTimeout(() => (typing.hidden = true), 5000);
}

function showState(now) {
  state.dataset.state = now;
  state.textContent = { open: said.saidOpen, lost: said.saidLost, ended: said.saidEnded }[now] ?? "";
}

const line = await import(said.lineModule);
line.openLine({
  url: said.openLine,
  last,
  onLine: () => fetchLines(),
  onState: (now) => {
    showState(now);
    if (now === "open") fetchLines();
  },
  onBell: (name) => (name === "typing" ? showTyping() : document.body.dispatchEvent(new Event(name))),
});
setInterval(() => state.dataset.state !== "open" && navigator.onLine && fetchLines(), 5000);

// --- saying ----------------------------------------------------------------------------------------------------------

let typedAt = 0;
for (const form of talk.querySelectorAll("form[data-say]")) {
  const box = form.elements.text;
  const problem = form.querySelector("[data-said]");
  let left = false; // whoever pressed Escape while the words were on their way stays where they went
  const stay = () => left || box.focus();
  const show = (fate) => (problem.textContent = { sending: said.saidSending, waiting: said.saidWaiting, unsent: said.saidUnsent }[fate] ?? "");

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (form.dataset.busy || !box.value.trim()) return box.focus();
    form.dataset.busy = "1";
    left = false;
    const words = box.value;
    const result = await line.sendWords({ url: form.action, form: new FormData(form), key: form.elements.key.value, onFate: show });
    delete form.dataset.busy;
    if (result.fate !== "kept") {
      if (result.fate === "refused") problem.textContent = result.answer?.error ?? said.saidUnsent;
      return stay();
    }
    form.elements.key.value = line.newKey();
    if (box.value === words) box.value = "";
    if (result.answer.kind === "held") problem.textContent = said.saidHeld;
    await fetchLines();
    toEnd();
    stay();
  });

  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    if (event.key === "Escape") {
      left = true;
      box.blur();
    }
  });
  box.addEventListener("input", () => {
    if (form.id !== "say" || Date.now() - typedAt < 3000) return;
    typedAt = Date.now();
    const body = new FormData();
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    fetch(said.typing, { method: "POST", body }).catch(() => {});
  });
}

const whisper = document.getElementById("whisper");
whisper?.addEventListener("toggle", () => whisper.open && whisper.querySelector("textarea").focus());
if (location.hash === "#whisper" && whisper) whisper.open = true;

// Another script is for the eye only: the lines are drawn anew and the page, with what is typed in it, stays.
const words = document.getElementById("say-text");
talk.querySelector("a[data-keep]")?.addEventListener("click", async (event) => {
  event.preventDefault();
  const link = event.target;
  said.script = said.script ? "" : "other";
  [link.textContent, link.dataset.other] = [link.dataset.other, link.textContent];
  await fetchLines(true);
});
// Leaving with something unsent asks once. A form of the page that leaves on purpose asks by itself where it must.
addEventListener("beforeunload", (event) => words?.value.trim() && event.preventDefault());

// --- sentences to begin from -------------------------------------------------------------------------------------------

function putIn(text) {
  const [start, end] = [words.selectionStart, words.selectionEnd];
  const space = start && !/\s$/.test(words.value.slice(0, start)) ? " " : "";
  words.setRangeText(space + text, start, end, "end");
  words.focus();
}

document.getElementById("answers").addEventListener("click", (event) => {
  const link = event.target.closest("a[data-answer]");
  if (!link || !words) return;
  event.preventDefault();
  putIn(link.closest("li").querySelector("[data-answer-text]").textContent);
});

talk.querySelector("[data-find-answer]")?.addEventListener("input", (event) => {
  const wanted = event.target.value.trim().toLowerCase();
  for (const row of talk.querySelectorAll("[data-answer-row]")) {
    row.hidden = Boolean(wanted) && !`${row.dataset.answerRow} ${row.textContent}`.toLowerCase().includes(wanted);
    if (wanted && !row.hidden) row.closest("details").open = true;
  }
});

// A shortcut such as /calm typed in the message becomes its sentence.
words?.addEventListener("keyup", (event) => {
  const found = event.key === " " && /(^|\s)\/([\w-]+) $/.exec(words.value.slice(0, words.selectionStart));
  const row = found && talk.querySelector(`[data-answer-row="${CSS.escape(found[2])}"]`);
  if (!row) return;
  words.setRangeText("", words.selectionStart - found[2].length - 2, words.selectionStart, "end");
  putIn(row.querySelector("[data-answer-text]").textContent);
});

// --- tabs on the right ---------------------------------------------------------------------------------------------------

const tabs = [...talk.querySelectorAll("[data-tabs] a")];
const wide = matchMedia("(min-width: 69em)");
function turnTo(hash) {
  const chosen = tabs.find((tab) => tab.hash === hash) ?? tabs[0];
  for (const tab of tabs) {
    tab === chosen ? tab.setAttribute("aria-current", "true") : tab.removeAttribute("aria-current");
    document.getElementById(tab.hash.slice(1)).hidden = wide.matches && tab !== chosen;
  }
}
for (const tab of tabs)
  tab.addEventListener("click", (event) => {
    event.preventDefault();
    history.replaceState(history.state, "", tab.hash);
    turnTo(tab.hash);
  });
addEventListener("hashchange", () => turnTo(location.hash));
wide.addEventListener("change", () => turnTo(location.hash));
turnTo(talk.querySelector("#write-up .error-summary") ? "#write-up" : location.hash);
toEnd();
