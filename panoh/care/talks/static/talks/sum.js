// Under a flood: the browser finds a number so that sha256(salt + number) is the challenge, then goes on by itself.
import "../ui/public.js";

const form = document.getElementById("wait");
const task = JSON.parse(form.dataset.sum);
const hex = (bytes) => Array.from(new Uint8Array(bytes), (b) => b.toString(16).padStart(2, "0")).join("");

async function solve() {
  const encoder = new TextEncoder();
  for (let number = 0; number <= task.max; number += 1) {
    const digest = await crypto.subtle.digest("SHA-256", encoder.encode(task.salt + number));
    if (hex(digest) === task.challenge) return number;
  }
  return null;
}

if (crypto.subtle) {
  solve().then((number) => {
    if (number === null) return;
    const { algorithm, challenge, salt, signature } = task;
    form.elements.sum.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
    form.submit();
  });
}
