// Reports at the desk: an address is copied, never opened; the list goes by keyboard.

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const from = document.getElementById(button.dataset.copy);
  await navigator.clipboard.writeText(from.value ?? from.textContent.trim());
  dispatchEvent(new CustomEvent("say", { detail: button.dataset.said }));
  button.setAttribute("aria-pressed", "true");
});

const rows = () => [...document.querySelectorAll("[data-row]")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, textarea, select")) return;
  if (event.key !== "j" && event.key !== "k") return;
  const all = rows();
  const here = all.indexOf(document.activeElement);
  all[Math.max(0, Math.min(all.length - 1, here + (event.key === "j" ? 1 : -1)))]?.focus();
  event.preventDefault();
});
