"""What the pretend Telegram remembers: chats, updates waiting for the bot, calls of the bot. In memory, bounded."""

import asyncio
import random
import time
from collections import deque
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from .people import PEOPLE, Person, stranger

MESSAGES_A_CHAT = 300
CHATS = 20_000
UPDATES = 200_000
CALLS = 60_000
Json = dict[str, Any]


@dataclass
class Chat:
    """One private chat. ``version`` grows with every change that a watching phone must see."""

    person: Person
    numbers: "count[int]"
    messages: list[Json] = field(default_factory=list)
    blocked: bool = False
    alert: Json | None = None
    version: int = 1
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    def touch(self) -> None:
        self.version += 1
        self.changed.set()
        self.changed = asyncio.Event()

    def find(self, message_id: int) -> Json | None:
        return next((message for message in reversed(self.messages) if message["message_id"] == message_id), None)

    def keep(self, message: Json) -> Json:
        self.messages.append(message)
        del self.messages[:-MESSAGES_A_CHAT]
        self.touch()
        return message


@dataclass
class Faults:
    """Rates from 0 to 1: for calls of the bot (``429``, ``500``, ``timeout``) and for updates pushed to a webhook.

    ``reorder``: so many neighbouring updates of different chats change places, as with Telegram, which sends one chat's
    updates one after another. ``invert``: how often the next update of a chat starts before the last one arrived; they
    change places within 50 ms, and for good when the webhook dies just then, which Telegram does not do.
    """

    too_many: float = 0
    broken: float = 0
    timeout: float = 0
    duplicate: float = 0
    reorder: int = 0
    invert: float = 0
    seconds: float = 30  # how long a timed-out call stays without an answer
    retry_after: int = 1

    NAMES = {"429": "too_many", "500": "broken"}  # noqa: RUF012 (read only)

    def set(self, wanted: Json) -> None:
        for name, value in wanted.items():
            key = self.NAMES.get(str(name), str(name))
            if key not in self.__dataclass_fields__:
                raise ValueError(f"no such fault: {name}")
            setattr(self, key, type(getattr(Faults, key))(float(value)))

    def strike(self, rate: float) -> bool:
        return rate > 0 and random.random() < rate  # noqa: S311 (a pretend fault)


class World:
    """All of the pretend Telegram. Lives in one event loop."""

    def __init__(self) -> None:
        begin = int(time.time())  # numbers grow across restarts, as the bot's ledger remembers them
        self.update_ids = count(begin)
        self.message_begin = begin % 1_000_000_000
        self.chats: dict[int, Chat] = {}
        self.updates: deque[Json] = deque(maxlen=UPDATES)
        self.calls: deque[Json] = deque(maxlen=CALLS)
        self.call_count = 0
        self.faults = Faults()
        self.webhook: Json = {}
        self.commands: list[Json] = []
        self.news = asyncio.Event()
        self.poll_turn = 0
        self.delivered = 0
        self.last_error: Json = {}
        for person in PEOPLE:
            self.chat(person.id)

    def chat(self, chat_id: int) -> Chat:
        """The chat with somebody, made on first sight."""
        if chat_id not in self.chats:
            if len(self.chats) >= CHATS:
                self.chats.pop(next(key for key in self.chats if key not in {person.id for person in PEOPLE}))
            known = next((person for person in PEOPLE if person.id == chat_id), None)
            self.chats[chat_id] = Chat(known or stranger(chat_id), count(self.message_begin))
        return self.chats[chat_id]

    def push(self, update: Json) -> Json:
        """Hand an update to the bot; gives it a number when it has none."""
        numbered = {"update_id": update.get("update_id") or next(self.update_ids), **update}
        self.updates.append(numbered)
        self._remember(numbered)
        self.ring()
        return numbered

    def ring(self) -> None:
        self.news.set()
        self.news = asyncio.Event()

    def confirm(self, offset: int) -> None:
        """Everything before ``offset`` has been taken."""
        if any(update["update_id"] < offset for update in self.updates):
            kept = [update for update in self.updates if update["update_id"] >= offset]
            self.delivered += len(self.updates) - len(kept)
            self.updates = deque(kept, maxlen=UPDATES)

    def note(self, method: str, params: Json, status: int) -> None:
        self.call_count += 1
        self.calls.append(
            {"n": self.call_count, "method": method, "params": params, "status": status, "at": time.time()}
        )

    def _remember(self, update: Json) -> None:
        """Injected messages appear on the phone, too."""
        message = update.get("message")
        if not isinstance(message, dict) or not isinstance(message.get("chat"), dict):
            return
        chat_id = message["chat"].get("id")
        if isinstance(chat_id, int) and isinstance(message.get("message_id"), int):
            chat = self.chat(chat_id)
            if chat.find(message["message_id"]) is None:
                chat.keep({**message, "mine": True})
