// The desk's niceties: keyboard, dialogues, a question before what cannot be undone, live regions, light and dark.

const root = document.documentElement;
root.classList.add("with-js");
const token = document.querySelector("meta[name=csrf-token]")?.content;

document.addEventListener("htmx:configRequest", (event) => {
  if (token) event.detail.headers["X-CSRFToken"] = token;
});

// --- dialogues -----------------------------------------------------------------------------------------------------

function open(name) {
  const dialogue = document.getElementById(name);
  if (dialogue?.showModal && !dialogue.open) dialogue.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-open]");
  if (opener) {
    event.preventDefault();
    opener.closest("details")?.removeAttribute("open");
    open(opener.dataset.open);
  }
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (!menu.contains(event.target)) menu.removeAttribute("open");
  });
});

// One question before a form that cannot be undone; its own words come from the page.
let asked = null;
const question = document.getElementById("confirm");
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form");
  const asks = event.submitter?.dataset.confirm ?? form?.dataset.confirm;
  if (!asks || !question || form === asked) {
    asked = null;
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  question.querySelector("[data-question]").textContent = asks;
  question.returnValue = "";
  question.showModal();
  const submitter = event.submitter;
  question.addEventListener("close", () => {
    if (question.returnValue !== "yes") return;
    asked = form;
    form.requestSubmit(submitter);
  }, { once: true });
}, true);

// --- keyboard ------------------------------------------------------------------------------------------------------

const writing = (target) => target.closest?.("input, textarea, select, [contenteditable]");
let going = 0;

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelectorAll("details.menu[open]").forEach((menu) => menu.removeAttribute("open"));
  if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target) || document.querySelector("dialog[open]")) return;
  if (going && /^[1-9]$/.test(event.key)) {
    document.querySelectorAll(".nav a")[event.key - 1]?.click();
    going = 0;
    return;
  }
  clearTimeout(going);
  going = event.key === "g" ? setTimeout(() => (going = 0), 1500) : 0;
  const wanted = event.key === "?" ? null : document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (event.key === "?") open("keys");
  else if (wanted) wanted.matches("input, textarea, select") ? wanted.focus() : wanted.click();
  else return;
  event.preventDefault();
});

// --- light and dark: the same cookie of display codes as everywhere --------------------------------------------------

document.querySelector("form[data-theme-toggle]")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = event.target;
  const isDark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = isDark ? "light" : "dark";
  form.elements.theme.value = root.dataset.theme;
  fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" }).catch(() => {});
});

// --- live regions ----------------------------------------------------------------------------------------------------

function say(place, text) {
  const region = document.getElementById(place);
  if (!region) return;
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 50);
}
addEventListener("say", (event) => say("live", event.detail));
addEventListener("alarm", (event) => say("alarm", event.detail));

document.querySelector("[data-focus]")?.focus();
