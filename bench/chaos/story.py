"""Who writes what to the bot, and in which disorder it is delivered. Pure: the same seed tells the same story."""

import random
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

FIRST_UPDATE = 500_000_000
FIRST_CHAT = 7_100_000
PHRASES = (
    "Salom, menga maslahat kerak",
    "Синфдошим билан гаплашмай қолдик",
    "Как мне настроить телефон",
    "Sálem, bir soraw bar edi",
    "I have a question about a game",
    "Bugun dars tugadi 🙂",
)
TAPS = ("who:child", "who:parent", "who:other")
BURST = 0.35  # how often the next word comes from the chat that wrote just before


def letters(number: int) -> str:
    """A number as letters, so that no text looks like a telephone number."""
    word = ""
    while number:
        number, rest = divmod(number, 26)
        word = "abcdefghijklmnopqrstuvwxyz"[rest] + word
    return word or "a"


@dataclass(frozen=True)
class Sent:
    """One update in the order it was sent. ``about``: the message that an edit changes."""

    update_id: int
    chat: int
    kind: str
    message_id: int
    text: str = ""

    def as_update(self) -> dict[str, Any]:
        person = {"id": self.chat, "is_bot": False, "first_name": "Pretend", "language_code": "uz"}
        chat = {"id": self.chat, "type": "private"}
        now = int(time.time())
        if self.kind == "tap":
            under = {"message_id": self.message_id, "chat": chat, "date": now}
            tap = {"id": f"{self.chat}-{self.update_id}", "from": person, "message": under, "data": self.text}
            return {"update_id": self.update_id, "callback_query": tap}
        message = {"message_id": self.message_id, "from": person, "chat": chat, "date": now, "text": self.text}
        if self.kind == "edit":
            return {"update_id": self.update_id, "edited_message": {**message, "edit_date": now}}
        return {"update_id": self.update_id, "message": message}


@dataclass
class Story:
    sent: list[Sent] = field(default_factory=list)
    by_chat: dict[int, list[Sent]] = field(default_factory=lambda: defaultdict(list))

    def add(self, one: Sent) -> None:
        self.sent.append(one)
        self.by_chat[one.chat].append(one)


def tell(updates: int, chats: int, rng: random.Random) -> Story:
    """Words, edits of earlier words and taps of ``chats`` people, in bursts."""
    story, chat = Story(), FIRST_CHAT
    wrote: dict[int, list[int]] = defaultdict(list)
    for number in range(updates):
        if not number or rng.random() > BURST:
            chat = FIRST_CHAT + rng.randrange(chats)
        update_id, own = FIRST_UPDATE + number, wrote[chat]
        what = rng.random()
        if own and what < 0.08:
            text = f"{rng.choice(PHRASES)} ({letters(update_id)})"
            story.add(Sent(update_id, chat, "edit", rng.choice(own[-3:]), text))
        elif own and what < 0.12:
            story.add(Sent(update_id, chat, "tap", own[0], rng.choice(TAPS)))
        else:
            own.append(1000 + len(own))
            story.add(Sent(update_id, chat, "text", own[-1], f"{rng.choice(PHRASES)} {letters(update_id)}"))
    return story


def deliveries(story: Story, rng: random.Random, *, window: int, doubled: float) -> Iterator[Sent]:
    """The updates as they are handed over: nobody is overtaken by more than ``window``, some come twice."""
    placed = [(place + rng.uniform(0, window), one) for place, one in enumerate(story.sent)]
    again = rng.sample(placed, round(len(placed) * doubled))
    placed += [(place + rng.uniform(0, 10 * window), one) for place, one in again]
    return (one for _, one in sorted(placed, key=lambda pair: pair[0]))
