// The open talk of a person: lines come in by themselves, words go out once, and every word shows its fate.
// Without this file the page still works: plain form, plain refresh.
import "../ui/public.js";
import { newKey, openLine, sendWords } from "../ui/line.js";

const log = document.getElementById("log");
const form = document.getElementById("composer");
const stateLine = document.querySelector("#state span");
const connection = document.getElementById("connection");
const typing = document.getElementById("typing");
const clock = (at) => new Date(at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
let acknowledged = Number(log.dataset.last);
let typingTimer = 0;
let lastTyped = 0;

function make(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function draw(line) {
  const mine = line.direction === "in";
  const item = make("li", `line line-${line.direction === "bot" ? "system" : mine ? "in" : "out"}`, "");
  item.dataset.seq = line.seq;
  if (line.direction === "out") item.append(make("p", "fate", line.author_name || ""));
  item.append(make("div", "bubble", line.kind === "text" ? line.text : `${form?.dataset.other || ""} ${line.text}`));
  if (line.direction !== "bot") {
    const edited = line.revised ? ` · ${form?.dataset.edited || ""}` : "";
    item.append(make("p", "fate", clock(line.said_at) + edited + (mine ? ` · ${form?.dataset.got || ""}` : "")));
  }
  return item;
}

function show(line) {
  const old = log.querySelector(`[data-seq="${line.seq}"]`);
  const item = draw(line);
  if (old) old.replaceWith(item);
  else {
    log.querySelector(`[data-key="${line.key}"]`)?.remove();
    const after = [...log.querySelectorAll("[data-seq]")].find((other) => Number(other.dataset.seq) > line.seq);
    log.insertBefore(item, after || log.querySelector("[data-key]"));
    item.scrollIntoView({ block: "nearest" });
    if (line.direction !== "in") {
      typing.hidden = true;
      refreshState();
    }
  }
  acknowledge(line.version);
}

let acknowledging = 0;
function acknowledge(version) {
  acknowledged = Math.max(acknowledged, version);
  clearTimeout(acknowledging);
  acknowledging = setTimeout(() => {
    const body = new FormData();
    body.set("upto", acknowledged);
    fetch(log.dataset.seen, { method: "POST", body }).catch(() => {});
  }, 250);
}

async function refreshState() {
  const answer = await fetch("../state/").catch(() => null);
  if (answer?.ok) stateLine.textContent = (await answer.text()).trim();
}

const unsent = () => Boolean(form?.elements.text.value.trim() || log.querySelector("[data-key]"));

function onState(state) {
  if (state === "ended") {
    if (!unsent()) location.reload(); // what was typed or is on its way stays; sending it says what to do
    return;
  }
  const lost = state === "lost";
  if (lost) connection.textContent = connection.dataset.lost;
  else if (!connection.hidden) connection.textContent = connection.dataset.back;
  connection.hidden = !lost && connection.hidden;
  if (!lost) setTimeout(() => (connection.hidden = true), 4000);
}

openLine({
  url: log.dataset.line,
  last: Number(log.dataset.last),
  onLine: show,
  onState,
  onBell: (name) => {
    if (name !== "typing") return;
    typing.hidden = false;
    clearTimeout(typingTimer);
    typingTimer = setTimeout(() => (typing.hidden = true), 6000);
  },
});

async function send(event) {
  event?.preventDefault();
  const text = form.elements.text.value.trim();
  if (!text) return;
  const body = new FormData(form);
  const key = newKey();
  form.elements.text.value = "";
  form.elements.text.focus();
  await deliver(body, key, pending(text, key));
}

function pending(text, key) {
  const item = make("li", "line line-in", "");
  item.dataset.key = key;
  item.append(make("div", "bubble", text), make("p", "fate", form.dataset.sending));
  log.append(item);
  item.scrollIntoView({ block: "nearest" });
  return item;
}

async function deliver(body, key, item) {
  const fate = item.querySelector(".fate");
  fate.classList.remove("fate-failed");
  const result = await sendWords({
    url: form.action,
    form: body,
    key,
    onFate: (said) => (fate.textContent = said === "kept" ? form.dataset.got : form.dataset.sending),
  });
  if (result.fate === "kept") {
    const drawn = log.querySelector(`[data-seq="${result.answer.seq}"]`);
    if (drawn) item.remove();
    else {
      item.dataset.seq = result.answer.seq;
      delete item.dataset.key;
    }
    return;
  }
  fate.textContent = result.answer?.problem || form.dataset.failed;
  fate.classList.add("fate-failed");
  if (result.fate === "refused" && !form.elements.text.value) {
    form.elements.text.value = body.get("text");
    item.remove();
    fate.remove();
    problem(result.answer?.problem || form.dataset.failed);
    return;
  }
  const again = make("button", "button button-quiet", form.dataset.again);
  again.type = "button";
  again.addEventListener("click", () => {
    again.remove();
    deliver(body, key, item);
  });
  item.append(again);
}

function problem(text) {
  const old = document.getElementById("problem");
  const said = make("p", "notice notice-warning", text);
  said.id = "problem";
  said.setAttribute("role", "alert");
  old?.remove();
  form.before(said);
  setTimeout(() => said.remove(), 15000);
}

if (form) {
  form.addEventListener("submit", send);
  form.elements.text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && matchMedia("(pointer: fine)").matches) send(event);
  });
  form.elements.text.addEventListener("input", () => {
    if (Date.now() - lastTyped < 3000) return;
    lastTyped = Date.now();
    fetch(log.dataset.typing, { method: "POST" }).catch(() => {});
  });
}
addEventListener("beforeunload", (event) => {
  // Whoever leaves by the quick exit is not held up by a question.
  if (unsent() && !document.querySelector(".cover")) event.preventDefault();
});
log.lastElementChild?.scrollIntoView({ block: "nearest" });
if (acknowledged) acknowledge(acknowledged);
