// A page of guidance, or of the playroom, read aloud, where this device has a voice of its own for the language. Never by itself.
// A voice that would send the words to another computer is not asked. Nothing is stored.
import "../ui/public.js";

const BLOCKS = "header h1, .lead, .now :is(h2, li), .prose :is(h2, h3, p, li, th, td)";
const mould = document.getElementById("aloud");
const blocksOf = mould?.dataset.blocks || BLOCKS;
const speech = window.speechSynthesis;

// Each block by its own words: what a list inside a list says is said once.
function blocks() {
  const found = [];
  const walker = document.createTreeWalker(mould.closest("article"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { data, parentElement } = walker.currentNode;
    const block = parentElement.closest(blocksOf);
    if (!block || !data.trim()) continue;
    if (found[found.length - 1]?.block !== block) found.push({ block, words: "" });
    found[found.length - 1].words += data;
  }
  return found;
}

function voiceHere() {
  const speaks = ({ lang, localService }) => localService && lang.toLowerCase().split(/[-_]/)[0] === mould.dataset.language;
  return speech.getVoices().find(speaks);
}

function offer(voice) {
  const panel = mould.content.firstElementChild.cloneNode(true);
  const play = panel.querySelector("[data-play]");
  const end = panel.querySelector("[data-stop]");
  const said = panel.querySelector("[role=status]");
  const read = blocks();
  let at = 0;
  let speaking = null;

  // A pause is an end that remembers its place: some phones cannot go on in the middle of a sentence.
  function hush(told) {
    speaking = null;
    speech.cancel();
    play.setAttribute("aria-pressed", "false");
    said.textContent = told ? said.dataset[told] : "";
  }
  function point() {
    read.forEach(({ block }, place) => block.classList.toggle("spoken", place === at && !end.hidden));
  }
  function stop(told) {
    if (end.contains(document.activeElement)) play.focus();
    end.hidden = true;
    at = 0;
    point();
    hush(told);
  }
  function say() {
    if (at >= read.length) return stop("ended");
    const one = new SpeechSynthesisUtterance(read[at].words.replace(/\s+/g, " ").trim());
    one.voice = voice;
    one.lang = voice.lang;
    one.onend = () => {
      if (speaking !== one) return;
      at += 1;
      say();
    };
    one.onerror = () => speaking === one && stop("fault");
    speaking = one;
    point();
    read[at].block.scrollIntoView({ block: "nearest" });
    speech.speak(one);
  }
  play.addEventListener("click", () => {
    if (speaking) return hush("paused");
    speech.cancel();
    end.hidden = false;
    play.setAttribute("aria-pressed", "true");
    said.textContent = said.dataset.reading;
    say();
  });
  end.addEventListener("click", () => stop());
  addEventListener("leave", () => stop());
  addEventListener("pagehide", () => stop());
  document.addEventListener("visibilitychange", () => document.hidden && speaking && hush("paused"));
  mould.after(panel);
}

function look() {
  const voice = voiceHere();
  if (!voice) return;
  speech.removeEventListener?.("voiceschanged", look);
  offer(voice);
}

if (mould && speech) {
  speech.addEventListener?.("voiceschanged", look);
  look();
}
