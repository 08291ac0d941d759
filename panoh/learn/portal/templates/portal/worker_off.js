// Switched off by the centre: whatever was saved goes, and this goes with it.
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil((async () => {
  const names = (await caches.keys()).filter((name) => name.startsWith("reading-"));
  await Promise.all(names.map((name) => caches.delete(name)));
  await registration.unregister();
})()));
