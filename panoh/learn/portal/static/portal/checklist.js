// Progress of a checklist: kept on this device, saved to a file, opened again. Nothing is sent anywhere.
const form = document.querySelector("[data-checklist]");
const name = `checklist:${form.dataset.checklist}`;
const progress = form.querySelector("[data-progress]");
const fault = form.querySelector("[data-fault]");
const codes = new Set([...form.elements].map((field) => field.name).filter(Boolean));

const answers = () => Object.fromEntries(new FormData(form));

function show() {
  const said = progress.dataset.said;
  progress.textContent = said.replace("{done}", Object.keys(answers()).length).replace("{all}", codes.size);
}

function fill(kept) {
  for (const field of form.elements) {
    if (field.name) field.checked = kept[field.name] === field.value;
  }
  show();
}

function keep() {
  try {
    localStorage.setItem(name, JSON.stringify(answers()));
  } catch { /* a device that keeps nothing still lets one tick, save and print */ }
  show();
}

function read(text) {
  const kept = JSON.parse(text);
  if (kept.checklist !== form.dataset.checklist || typeof kept.answers !== "object" || !kept.answers) throw new Error();
  return kept.answers;
}

form.addEventListener("change", (event) => event.target.name && keep());
form.addEventListener("submit", (event) => event.preventDefault());
form.querySelector("[data-save]").addEventListener("click", () => {
  const whole = { checklist: form.dataset.checklist, saved: new Date().toISOString().slice(0, 10), answers: answers() };
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([JSON.stringify(whole, null, 1)], { type: "application/json" }));
  link.download = `${form.dataset.checklist}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
});
form.querySelector("[data-load]").addEventListener("change", async (event) => {
  fault.textContent = "";
  try {
    fill(read(await event.target.files[0].text()));
    keep();
  } catch {
    fault.textContent = fault.dataset.fault;
  }
  event.target.value = "";
});
form.querySelector("[data-clear]").addEventListener("click", () => { fill({}); keep(); });

try {
  fill(JSON.parse(localStorage.getItem(name) || "{}"));
} catch {
  show();
}
