// Niceties of the playroom: read aloud by the device, and play with one button. Every page works without this file.
// One-button play: each control is lit for a while, in turn; Space, Enter or a tap anywhere presses the one that is lit.
// It is asked for by a link, lives in the address after "#", and is stored nowhere. It moves nothing by itself.
import "../portal/aloud.js";

const PACES = [2, 3, 5]; // seconds
const AT_FIRST = 3;
const IN_TURN = "main :is(a[href], button, summary, audio, video)";
const AT_LAST = ".actions a[href], #exit";
const panel = document.getElementById("scan");
const lit = { timer: 0, element: null };

const pace = () => {
  const found = location.hash.match(/^#scan(\d)?$/);
  return found && (PACES.includes(Number(found[1])) ? Number(found[1]) : AT_FIRST);
};
const hashOf = (seconds) => (seconds === AT_FIRST ? "#scan" : `#scan${seconds}`);
const shows = (one) => one.getClientRects().length > 0 && !one.closest(".aloud [hidden]") && !one.disabled;

// The panel of the device's own voice stands at the end of the page's reading order, its own end button last of all.
function targets() {
  const found = [...document.querySelectorAll(IN_TURN), ...document.querySelectorAll(AT_LAST)].filter(shows);
  const own = found.filter((one) => panel.contains(one) && !("scanBegin" in one.dataset));
  return [...found.filter((one) => !panel.contains(one)), ...own];
}

function light(element) {
  lit.element?.classList.remove("scanned");
  lit.element = element;
  if (!element) return;
  element.classList.add("scanned");
  element.focus({ preventScroll: true });
  element.scrollIntoView({ block: "nearest" });
}

function turn() {
  const all = targets();
  light(all[(all.indexOf(lit.element) + 1) % all.length]);
}

function again(seconds) {
  clearInterval(lit.timer);
  lit.timer = setInterval(turn, seconds * 1000);
}

function press() {
  const element = lit.element;
  if (!element) return;
  if ("play" in element && "paused" in element) return void (element.paused ? element.play() : element.pause());
  if (element.href && new URL(element.href).pathname.includes("/play/") && !element.hasAttribute("download")) {
    const there = new URL(element.href);
    if (!there.hash && !/\.\w+$/.test(there.pathname)) there.hash = location.hash;
    return void location.assign(there);
  }
  element.click();
  again(pace() ?? AT_FIRST);
}

function show(isOn) {
  panel.querySelector("[data-scan-begin]").hidden = isOn;
  panel.querySelectorAll("[data-scan-pace], [data-scan-end], [data-scan-how]").forEach((one) => (one.hidden = !isOn));
}

function begin(seconds) {
  show(true);
  const said = panel.querySelector("[data-scan-said]");
  said.textContent = said.dataset.scanSaid;
  again(seconds);
  if (!lit.element) light(targets()[0]);
}

function end() {
  clearInterval(lit.timer);
  light(null);
  show(false);
  history.replaceState(null, "", location.pathname + location.search);
  panel.querySelector("[data-scan-begin]").focus();
}

function look() {
  const seconds = pace();
  if (seconds) begin(seconds);
}

if (panel) {
  panel.querySelector("[data-scan-end]").addEventListener("click", end);
  panel.querySelector("[data-scan-pace]").addEventListener("click", () => {
    const next = PACES[(PACES.indexOf(pace() ?? AT_FIRST) + 1) % PACES.length];
    history.replaceState(null, "", location.pathname + location.search + hashOf(next));
    again(next);
  });
  addEventListener("hashchange", look);
  addEventListener("leave", () => clearInterval(lit.timer));
  addEventListener("keydown", (event) => {
    if (!lit.element || !pace()) return;
    if (event.key === "Escape") return end();
    if (event.key !== " " && event.key !== "Enter") return;
    event.preventDefault();
    if (!event.repeat) press();
  });
  addEventListener("click", (event) => {
    if (lit.element && pace() && !event.target.closest("a, button, summary, audio, video")) press();
  });
  look();
}
