// Saving a pack on this device, and taking it away again. Nothing happens before somebody presses a button.
const list = document.querySelector("[data-offline]");
const rows = [...list.querySelectorAll("[data-pack]")];
const begins = (row) => `reading-${list.dataset.language}-${row.dataset.pack}-`;
const keptOf = async (row) => (await caches.keys()).filter((name) => name.startsWith(begins(row)));
const parts = () => [...document.querySelectorAll("link[rel=stylesheet], script[src]")].map((one) => one.href || one.src);

function say(row, code) {
  row.querySelector("[role=status]").textContent = code ? list.dataset[code] : "";
}

async function show(row) {
  const kept = await keptOf(row);
  row.querySelector("[data-delete]").hidden = !kept.length;
  row.querySelector("[data-save]").hidden = kept.some((name) => name.endsWith(row.dataset.version));
  say(row, kept.length ? (row.querySelector("[data-save]").hidden ? "saved" : "older") : "");
}

async function save(row) {
  const before = await keptOf(row);
  const name = begins(row) + row.dataset.version;
  try {
    await navigator.serviceWorker.register(list.dataset.worker, { scope: list.dataset.scope });
    const cache = await caches.open(name);
    await cache.addAll([row.dataset.read, list.dataset.scope, ...parts()]);
    await Promise.all(before.filter((old) => old !== name).map((old) => caches.delete(old)));
    await show(row);
  } catch {
    await caches.delete(name);
    await show(row);
    say(row, "fault");
  }
}

async function remove(row) {
  await Promise.all((await keptOf(row)).map((name) => caches.delete(name)));
  await leaveIfEmpty();
  await show(row);
}

async function leaveIfEmpty() {
  const left = (await caches.keys()).some((name) => name.startsWith(`reading-${list.dataset.language}-`));
  if (!left) await (await navigator.serviceWorker.getRegistration(list.dataset.scope))?.unregister();
}

async function removeAll() {
  const names = (await caches.keys()).filter((name) => name.startsWith("reading-"));
  await Promise.all(names.map((name) => caches.delete(name)));
  await (await navigator.serviceWorker.getRegistration(list.dataset.scope))?.unregister();
}

if ("serviceWorker" in navigator && "caches" in window) {
  if (list.dataset.off !== undefined) {
    removeAll();
  } else {
    for (const row of rows) {
      row.querySelector("[data-save]").addEventListener("click", () => save(row));
      row.querySelector("[data-delete]").addEventListener("click", () => remove(row));
      show(row);
    }
  }
}
