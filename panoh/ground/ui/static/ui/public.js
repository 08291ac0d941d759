// Niceties of public pages. Every page works without this file.
// Quick exit: the link becomes faster (cover at once, no trace in the history), Shift three times within five seconds,
// or two fingers held on the screen. What is typed stays in no storage of ours.

const root = document.documentElement;
root.classList.add("with-js");

const exit = document.getElementById("exit");
const PRESSES = 3;
const WINDOW = 5000;
const HOLD = 800;
const SHAKE = 16;

function leave() {
  dispatchEvent(new Event("leave"));
  const cover = document.createElement("div");
  cover.className = "cover";
  document.body.append(cover);
  document.body.setAttribute("aria-hidden", "true");
  document.title = " ";
  document.querySelectorAll("textarea, input:not([type=hidden])").forEach((field) => (field.value = ""));
  document.querySelectorAll("link[rel~=icon]").forEach((link) => (link.href = "data:,"));
  try {
    sessionStorage.clear();
  } catch {
    // storage may be closed to us; the server clears it as well
  }
  location.replace(exit.href);
}

if (exit) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = exit.className;
  button.append(...exit.childNodes);
  const dots = document.createElement("span");
  dots.className = "dots";
  dots.hidden = true;
  dots.append(...Array.from({ length: PRESSES }, () => document.createElement("i")));
  button.append(dots);
  const said = document.createElement("span");
  said.className = "hidden";
  said.setAttribute("role", "status");
  exit.replaceWith(button);
  button.after(said);
  button.id = "exit";
  button.addEventListener("click", leave);

  let presses = 0;
  let timer = 0;
  const show = () => {
    dots.hidden = presses < 1;
    [...dots.children].forEach((dot, place) => dot.classList.toggle("on", place < presses));
    said.textContent = presses > 0 ? `${exit.dataset.presses} (${PRESSES - presses})` : "";
  };
  const forget = () => {
    presses = 0;
    show();
  };
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift") return;
    clearTimeout(timer);
    presses += 1;
    if (presses >= PRESSES) return leave();
    timer = setTimeout(forget, WINDOW);
    show();
  });
  // A capital letter is not a wish to leave.
  addEventListener("keydown", (event) => {
    if (event.key === "Shift") return;
    clearTimeout(timer);
    presses = event.shiftKey ? -1 : 0;
    show();
  });

  // Two fingers that rest; fingers that move want to zoom.
  let hold = 0;
  let from = [];
  const places = (event) => [...event.touches].map((touch) => [touch.clientX, touch.clientY]);
  const drop = () => clearTimeout(hold);
  addEventListener("touchstart", (event) => {
    drop();
    from = places(event);
    if (from.length === 2) hold = setTimeout(leave, HOLD);
  }, { passive: true });
  addEventListener("touchmove", (event) => {
    if (places(event).some(([x, y], finger) => Math.hypot(x - from[finger]?.[0], y - from[finger]?.[1]) > SHAKE)) drop();
  }, { passive: true });
  addEventListener("touchend", drop, { passive: true });
  addEventListener("touchcancel", drop, { passive: true });

  // The page must not come back from the browser's memory after leaving.
  addEventListener("pageshow", (event) => {
    if (event.persisted && document.querySelector(".cover")) location.reload();
  });
}

// An error summary is read first.
document.querySelector("[data-focus]")?.focus();

// Display choices show at once; saving stays with the form.
const choices = document.querySelector("form[data-display]");
choices?.addEventListener("change", ({ target }) => {
  const value = target.type === "checkbox" ? (target.checked ? target.dataset.on : "") : target.value;
  if (value) root.dataset[target.name] = value;
  else delete root.dataset[target.name];
});
