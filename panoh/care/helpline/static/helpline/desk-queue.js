// The queue and the board: fresh when the bell rings, and all of it by keyboard.

const moving = document.querySelector("[data-open-line]");
const line = await import(moving.dataset.lineModule);
line.openLine({ url: moving.dataset.openLine, onBell: (name) => name === "board" && document.body.dispatchEvent(new Event("board")) });

// Where the eye was stays where it was: a row keeps the focus by its id.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const held = document.activeElement?.id;
  if (held && moving.contains(document.activeElement)) moving.dataset.held = held;
  if (moving.querySelector("details[open] textarea, dialog[open]")) event.detail.shouldSwap = false;
});
document.body.addEventListener("htmx:afterSwap", () => {
  const held = moving.dataset.held && document.getElementById(moving.dataset.held);
  if (held && document.activeElement === document.body) held.focus({ preventScroll: true });
  delete moving.dataset.held;
});

const rows = () => [...moving.querySelectorAll("[data-row]")];
const busy = (target) => target.closest?.("input, textarea, select") || document.querySelector("dialog[open]");

function step(by) {
  const all = rows();
  const here = all.indexOf(document.activeElement.closest("[data-queue-row]")?.querySelector("[data-row]") ?? document.activeElement);
  all[Math.max(0, Math.min(all.length - 1, here + by))]?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || busy(event.target)) return;
  const onControl = event.target.closest?.("button, a, summary");
  if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1);
  else if (event.key === " " && !onControl) moving.querySelector("[data-space]")?.click();
  else if (event.key === "a") (document.activeElement.closest("[data-queue-row]") ?? moving).querySelector("[data-accept]")?.click();
  else return;
  event.preventDefault();
});
