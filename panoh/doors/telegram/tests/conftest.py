"""A phone for tests: what a person does becomes an update in the ledger, and the bot's lines can be read."""

import itertools
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings

from panoh.care.talks import public as talks
from panoh.doors.telegram import queries, services
from panoh.doors.telegram.receiver import Receiver
from panoh.doors.telegram.services import daykeys

Json = dict[str, Any]


@pytest.fixture(autouse=True)
def _no_day_key_from_another_test() -> Iterator[None]:
    yield
    daykeys.let_go()


@dataclass
class Phone:
    """One pretend person; every act is stored and dealt with at once."""

    chat: int = 4242
    language_code: str = "uz"
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1000))
    messages: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    def message(self, **content: Any) -> Json:
        return {
            "message_id": next(self.messages),
            "from": {
                "id": self.chat,
                "first_name": "Laylo",
                "username": "laylo_secret",
                "language_code": self.language_code,
            },
            "chat": {"id": self.chat, "type": "private", "first_name": "Laylo", "username": "laylo_secret"},
            "date": int(time.time()),
            **content,
        }

    def update(self, **content: Any) -> int:
        update_id = next(self.numbers)
        services.store_update(update_id, json.dumps({"update_id": update_id, **content}).encode())
        Receiver(hold_gaps=False).drain()
        return update_id

    def says(self, text: str, **more: Any) -> int:
        return self.update(message=self.message(text=text, **more))

    def sends(self, **content: Any) -> int:
        return self.update(message=self.message(**content))

    def taps(self, data: str) -> int:
        query = {"id": "q1", "from": {"id": self.chat}, "message": self.message(), "data": data, "chat_instance": "1"}
        return self.update(callback_query=query)

    def changes_membership(self, status: str) -> int:
        chat = {"id": self.chat, "type": "private"}
        return self.update(my_chat_member={"chat": chat, "new_chat_member": {"status": status}, "date": 1})

    @property
    def identity(self) -> talks.Identity:
        return talks.identity_for("telegram", str(self.chat))

    @property
    def conversations(self) -> list[talks.Conversation]:
        return list(self.identity.conversations.order_by("created_at"))

    @property
    def lines(self) -> list[talks.Line]:
        return [line for one in self.conversations for line in talks.all_lines(one, audience="staff")]

    @property
    def own(self) -> list[str]:
        """What the person said, without taps."""
        return [line.text for line in self.lines if line.direction == "in" and line.kind != "button"]

    @property
    def codes(self) -> list[str]:
        """Which texts the bot said, in order."""
        return [line.meta["code"] for line in self.lines if line.direction == "bot"]

    @property
    def talk(self) -> Any:
        return queries.open_talk_of(self.identity)


@pytest.fixture
def phone(db: None) -> Phone:
    return Phone()


@pytest.fixture
def webhook(client: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Knocks at the webhook with the right secret unless told otherwise."""
    monkeypatch.setattr(settings, "TELEGRAM_SECRET", "right-secret-of-the-centre")

    def knock(body: Any, secret: str | None = settings.TELEGRAM_SECRET) -> Any:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {} if secret is None else {"X-Telegram-Bot-Api-Secret-Token": secret}
        return client.post("/telegram/webhook/", raw, content_type="application/json", headers=headers)

    return knock


@dataclass
class Emulator:
    """The pretend Telegram as a process of its own."""

    base: str

    def get(self, path: str) -> Any:
        with urllib.request.urlopen(f"{self.base}/{path}", timeout=10) as answer:  # noqa: S310 (our own process)
            return json.load(answer)

    def post(self, path: str, value: Any) -> Any:
        request = urllib.request.Request(  # noqa: S310
            f"{self.base}/{path}", json.dumps(value).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
            return json.load(answer)

    def calls(self, method: str, since: int = 0) -> list[Json]:
        found: list[Json] = self.get(f"_calls?method={method}&since={since}")["calls"]
        return found

    def texts(self, chat: int) -> list[str]:
        """What the bot wrote on this phone."""
        return [one["text"] for one in self.get(f"_chats/{chat}")["messages"] if not one.get("mine")]


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def wait_until(true: Callable[[], Any], seconds: float = 10.0) -> Any:
    """The first true answer of ``true``; fails after ``seconds``."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := true():
            return found
        time.sleep(0.03)
    raise AssertionError(f"nothing within {seconds} s")


@pytest.fixture(scope="session")
def _emulator_process() -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "panoh.doors.telegram.emulator", "--port", str(port)]
    process = subprocess.Popen(command, cwd=settings.ROOT, env={**os.environ, "PANOH_ENV": "test"})  # noqa: S603
    base = f"http://127.0.0.1:{port}/emulator"
    emulator = Emulator(base)

    def up() -> bool:
        try:
            return bool(emulator.get("_people"))
        except OSError:
            return False

    wait_until(up)
    yield base
    process.terminate()
    process.wait(5)


@pytest.fixture
def emulator(_emulator_process: str) -> Emulator:
    """Without faults and without a webhook."""
    found = Emulator(_emulator_process)
    found.post("_faults", {"429": 0, "500": 0, "timeout": 0, "duplicate": 0, "reorder": 0, "invert": 0, "seconds": 30})
    found.post("bot1:emulator/deleteWebhook", {"drop_pending_updates": True})
    return found
