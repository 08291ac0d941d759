// A sign outside the page, by choice only: a neutral notification, a soft sound. The choice stays on this computer.

const root = document.querySelector("[data-neutral], #one-talk");
const notify = document.querySelector("[data-notify]");
const sound = document.querySelector("[data-sound]");
const chosen = (name) => localStorage.getItem(name) === "on";
let audio = null;
let known = offered(document);

function offered(page) {
  return new Set((page.querySelector("[data-offered]")?.dataset.offered ?? "").split(" ").filter(Boolean));
}

function show(button, name) {
  button?.setAttribute("aria-pressed", String(chosen(name)));
}

notify?.addEventListener("click", async () => {
  const wanted = !chosen("desk-notify");
  if (wanted && (!("Notification" in window) || (await Notification.requestPermission()) !== "granted")) return;
  localStorage.setItem("desk-notify", wanted ? "on" : "off");
  show(notify, "desk-notify");
});
sound?.addEventListener("click", () => {
  localStorage.setItem("desk-sound", chosen("desk-sound") ? "off" : "on");
  show(sound, "desk-sound");
  if (chosen("desk-sound")) ring();
});

function ring() {
  audio ??= new AudioContext();
  const [tone, volume] = [audio.createOscillator(), audio.createGain()];
  tone.frequency.value = 523;
  volume.gain.setValueAtTime(0.12, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.6);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.6);
}

function alarm() {
  dispatchEvent(new CustomEvent("alarm", { detail: root?.dataset.saidWaits ?? "" }));
  if (chosen("desk-sound")) ring();
  if (chosen("desk-notify") && document.hidden && Notification.permission === "granted") {
    const sign = new Notification("Panoh", { body: root?.dataset.neutral ?? "", tag: "desk" });
    sign.onclick = () => (focus(), sign.close());
  }
}

function compare(now) {
  if ([...now].some((reference) => !known.has(reference))) alarm();
  known = now;
}

// On the queue the offers stand in the page; inside a talk they are asked for when the bell rings.
const queue = root?.dataset.queue;
let asked = 0;
if (queue)
  document.body.addEventListener("board", async () => {
    if (Date.now() - asked < 3000) return;
    asked = Date.now();
    const answer = await fetch(queue, { cache: "no-store" }).catch(() => null);
    if (!answer?.ok || answer.redirected) return;
    compare(offered(new DOMParser().parseFromString(await answer.text(), "text/html")));
    document.querySelector("[data-offer]").hidden = !known.size;
  });
else document.body.addEventListener("htmx:afterSwap", () => compare(offered(document)));
show(notify, "desk-notify");
show(sound, "desk-sound");
