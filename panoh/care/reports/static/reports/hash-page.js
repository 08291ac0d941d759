// The page that makes codes of a picture. What computes them is fetched after the tap, before anything is chosen.
import "../ui/public.js";

document.getElementById("no-script").hidden = true; // it stays where this script never comes
const part = document.getElementById("make-code");
const start = document.getElementById("start");
const chooser = document.getElementById("chooser");
const picture = document.getElementById("picture");
const codes = document.getElementById("codes");
const said = document.getElementById("said");

const say = (name) => (said.textContent = name ? part.dataset[name] : "");

let hashFile = null;

start.addEventListener("click", async () => {
  if (!crypto.subtle) return say("cannot");
  try {
    ({ hashFile } = await import(start.dataset.module));
  } catch {
    return say("cannot");
  }
  start.hidden = true;
  chooser.hidden = false;
  picture.focus();
});

picture.addEventListener("change", async () => {
  const file = picture.files[0];
  codes.hidden = true;
  say("");
  if (!file) return;
  if (file.size > Number(part.dataset.most)) return say("big");
  say("working");
  try {
    const made = await hashFile(file);
    for (const name of ["sha256", "pdq", "quality"]) codes.elements[name].value = made[name];
  } catch {
    return say("unread");
  }
  // The page lets go of the picture: only the codes are left in it.
  picture.value = "";
  say("ready");
  codes.hidden = false;
  codes.querySelector("button").focus();
});
