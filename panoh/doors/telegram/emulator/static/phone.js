// A phone that talks with the emulated Bot API. It shows text as text, never as markup.
const by = (id) => document.getElementById(id);
const told = by("labels").dataset;
const talk = by("talk"), text = by("text"), toast = by("toast");
let person = Number(new URLSearchParams(location.search).get("person")) || 0;
let version = 0, editing = 0, watching = null;

const make = (name, className, words) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (words !== undefined) made.textContent = words;
  return made;
};

const THINGS = { photo: "🖼", voice: "🎤", location: "📍", contact: "👤", sticker: "", video: "🎬", document: "📄" };

async function act(name, more = {}) {
  const asked = { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ act: name, chat: person, ...more }) };
  try {
    const answer = await fetch("_act", asked);
    if (!answer.ok) throw new Error("refused");
    return true;
  } catch {
    say(told.lost);
    return false;
  }
}

function say(words, asAlert) {
  if (asAlert) {
    by("alert").firstElementChild.textContent = words;
    by("alert").showModal();
    return;
  }
  toast.textContent = words;
  toast.hidden = !words;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { toast.hidden = true; }, 6000);
}

function thing(message) {
  const name = Object.keys(THINGS).find((key) => key in message);
  if (!name) return null;
  const shown = make("span", "thing");
  const sign = make("span", "", name === "sticker" ? message.sticker.emoji : THINGS[name]);
  sign.setAttribute("aria-hidden", "true");
  shown.append(sign, make("span", "", told[name] || told.file));
  return shown;
}

function bubble(message) {
  const said = make("div", message.mine ? "said mine" : "said");
  const inside = make("div", "bubble");
  const what = thing(message);
  if (what) inside.append(what);
  const words = message.text ?? message.caption;
  if (words) inside.append(document.createTextNode(words));
  inside.append(foot(message));
  said.append(inside);
  const rows = message.reply_markup?.inline_keyboard;
  if (rows?.length) said.append(keys(message, rows));
  return said;
}

function foot(message) {
  const when = make("div", "when");
  if (message.edit_date && message.mine) when.append(make("span", "", told.edited));
  when.append(make("time", "", new Date(message.date * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })));
  if (message.mine && "text" in message) {
    const change = make("button", "", told.edit);
    change.type = "button";
    change.addEventListener("click", () => startEditing(message));
    when.append(change);
  }
  return when;
}

function keys(message, rows) {
  const board = make("div", "keys");
  for (const row of rows) {
    const line = make("div");
    for (const key of row) {
      const button = make("button", "", key.text);
      button.type = "button";
      button.addEventListener("click", () => act("tap", { message_id: message.message_id, data: key.callback_data }));
      line.append(button);
    }
    board.append(line);
  }
  return board;
}

function startEditing(message) {
  editing = message.message_id;
  text.value = message.text;
  by("editing").hidden = false;
  text.focus();
}

function stopEditing() {
  editing = 0;
  text.value = "";
  by("editing").hidden = true;
}

function show(chat) {
  version = chat.version;
  const atEnd = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 120;
  const focused = talk.contains(document.activeElement) && document.activeElement !== talk;
  talk.replaceChildren(...chat.messages.map(bubble));
  if (!chat.messages.length) talk.append(make("p", "empty", told.empty));
  if (atEnd || !focused) talk.scrollTop = talk.scrollHeight;
  if (focused) talk.focus({ preventScroll: true });
  const block = document.querySelector("[data-act=block], [data-act=unblock]");
  block.dataset.act = chat.blocked ? "unblock" : "block";
  block.dataset.first ??= block.textContent;
  block.textContent = chat.blocked ? block.dataset.other : block.dataset.first;
  by("state").textContent = chat.blocked ? told.blocked : told.bot;
  showCommands(chat.commands);
  if (chat.alert) say(chat.alert.text, chat.alert.alert);
}

function showCommands(commands) {
  const names = commands.map((one) => one.command).join();
  const box = by("commands");
  if (box.dataset.names === names) return;
  box.dataset.names = names;
  box.hidden = !commands.length;
  box.replaceChildren(...commands.map((one) => {
    const button = make("button", "", `/${one.command}`);
    button.type = "button";
    button.title = one.description;
    button.addEventListener("click", () => act("text", { text: `/${one.command}` }));
    return button;
  }));
}

async function watch() {
  watching?.abort();
  const mine = (watching = new AbortController());
  version = 0;
  while (!mine.signal.aborted) {
    try {
      const answer = await fetch(`_chats/${person}?after=${version}&wait=20`, { signal: mine.signal, cache: "no-store" });
      const chat = await answer.json();
      if (!mine.signal.aborted && (chat.version !== version || chat.alert)) show(chat);
    } catch {
      if (mine.signal.aborted) return;
      say(told.lost);
      await new Promise((done) => setTimeout(done, 1500));
    }
  }
}

function choose(one, button) {
  person = one.id;
  for (const other of by("people").children) other.setAttribute("aria-pressed", String(other === button));
  stopEditing();
  watch();
}

async function begin() {
  const people = await (await fetch("_people")).json();
  for (const one of people) {
    const button = make("button");
    button.type = "button";
    const face = make("span", `face ${one.colour}`, one.name[0]);
    face.setAttribute("aria-hidden", "true");
    button.append(face, make("span", "", one.name));
    button.addEventListener("click", () => choose(one, button));
    by("people").append(button);
  }
  const first = Math.max(0, people.findIndex((one) => one.id === person));
  choose(people[first], by("people").children[first]);
}

by("write").addEventListener("submit", async (event) => {
  event.preventDefault();
  const words = text.value, changed = editing;
  if (!words.trim()) return;
  stopEditing(); // at once: what is typed while this is on its way belongs to the next message
  const sent = changed ? await act("edit", { message_id: changed, text: words }) : await act("text", { text: words });
  if (!sent && !text.value) text.value = words;
});
text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    by("write").requestSubmit();
  }
  if (event.key === "Escape") stopEditing();
});
by("stop-editing").addEventListener("click", stopEditing);
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (button) act(button.dataset.act, button.dataset.act === "photo" ? { text: text.value } : {});
  for (const menu of document.querySelectorAll("details[open]")) if (button || !menu.contains(event.target)) menu.open = false;
});
begin();
