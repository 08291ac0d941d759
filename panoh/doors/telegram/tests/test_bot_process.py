"""The bot as it runs: a process that is killed, doubled, and stopped. Counted in its database."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from .conftest import Emulator, Phone, free_port, wait_until

ASKED = "Tilni tanlang"


class Bots:
    """A centre of its own on SQLite, and the bots that work on it."""

    def __init__(self, folder: Path, api: str) -> None:
        self.folder, self.running = folder, list[subprocess.Popen[bytes]]()
        self.env = {
            **os.environ,
            "PANOH_ENV": "test",
            "PANOH_DATA_DIR": str(folder),
            "PANOH_DATABASE_URL": f"sqlite:///{folder}/panoh.sqlite3",
            "PANOH_TELEGRAM_API": api,
            "PANOH_TELEGRAM_TOKEN": "1:emulator",
        }

    def manage(self, *words: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "manage.py", *words]
        with (self.folder / "log.txt").open("ab") as log:
            return subprocess.Popen(command, cwd=settings.ROOT, env=self.env, stderr=log)  # noqa: S603

    def start(self) -> "subprocess.Popen[bytes]":
        self.running.append(self.manage("bot"))
        return self.running[-1]

    def count(self, sql: str) -> int:
        with sqlite3.connect(self.folder / "panoh.sqlite3", timeout=10) as db:
            return int(db.execute(sql).fetchone()[0])

    @property
    def heard(self) -> int:
        """What people said and the ledger holds."""
        return self.count("select count(*) from talks_message where direction = 'in' and kind = 'text'")

    @property
    def undone(self) -> int:
        return self.count("select count(*) from telegram_inboundupdate where outcome <> 'done'")

    @property
    def out_of_order(self) -> int:
        """Pairs of words whose order in the ledger is not the order on the phone."""
        return self.count(
            "select count(*) from talks_message a join talks_message b using (conversation_id) where a.seq < b.seq"
            " and a.external_id > b.external_id and a.direction = 'in' and b.direction = 'in'"
        )


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory, _emulator_process: str) -> Iterator[Bots]:
    bots = Bots(tmp_path_factory.mktemp("centre"), _emulator_process)
    both = "from django.core.management import call_command as c; [c('migrate', database=d, verbosity=0) for d in"
    assert bots.manage("shell", "--no-imports", "-c", f"{both} ('default', 'keys')]").wait(240) == 0
    yield bots
    for bot in bots.running:
        bot.kill()
        bot.wait(5)


def inject(emulator: Emulator, phone: Phone, *texts: str) -> None:
    emulator.post("_inject", {"updates": [{"message": phone.message(text=text)} for text in texts]})


def test_a_bot_killed_at_random_loses_nothing_and_doubles_nothing(centre: Bots, emulator: Emulator) -> None:
    phones = [Phone(chat=chat) for chat in range(501, 506)]
    emulator.post("_faults", {"duplicate": 0.2, "500": 0.1})
    bot = centre.start()
    inject(emulator, phones[0], "/start")
    wait_until(lambda: any(ASKED in text for text in emulator.texts(501)), 90)
    for n in range(60):
        inject(emulator, phones[n % 5], f"soʻz {n}")
        if n in {20, 40}:
            wait_until(lambda: centre.heard >= 15)
            bot.send_signal(signal.SIGKILL)
            bot.wait(5)
            bot = centre.start()
    wait_until(lambda: centre.heard >= 60, 90)
    emulator.post("_faults", {"duplicate": 0, "500": 0})
    time.sleep(0.5)
    assert centre.heard == 60
    assert centre.undone == 0
    assert centre.out_of_order == 0


def test_a_second_bot_waits_and_takes_over_when_the_first_is_gone(centre: Bots, emulator: Emulator) -> None:
    first = centre.running[-1]
    second = centre.start()
    phone = Phone(chat=601)
    before = centre.heard
    inject(emulator, phone, "bir")
    wait_until(lambda: centre.heard == before + 1, 90)
    wait_until(lambda: "another bot is at work" in (centre.folder / "log.txt").read_text(), 90)
    first.send_signal(signal.SIGKILL)
    inject(emulator, phone, "ikki")
    wait_until(lambda: centre.heard == before + 2, 90)
    assert second.poll() is None


def test_a_bot_stops_within_three_seconds_of_being_told(centre: Bots, emulator: Emulator) -> None:
    bot = centre.running[-1]
    begun = time.monotonic()
    bot.send_signal(signal.SIGTERM)
    assert bot.wait(5) == 0
    assert time.monotonic() - begun < 3


def test_by_webhook_doubled_and_shuffled_updates_come_out_once_and_in_order(centre: Bots, emulator: Emulator) -> None:
    port = free_port()
    centre.env |= {
        "PANOH_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "PANOH_TELEGRAM_MODE": "webhook",
        "PANOH_TELEGRAM_SECRET": "a-secret-only-telegram-knows",
    }
    centre.running.append(centre.manage("runserver", f"127.0.0.1:{port}", "--noreload"))
    centre.start()
    phones, before = [Phone(chat=chat) for chat in range(801, 805)], centre.heard
    inject(emulator, phones[0], "birinchi")
    wait_until(lambda: centre.heard == before + 1, 90)
    emulator.post("_faults", {"duplicate": 0.3, "reorder": 8, "invert": 0.5})
    for n in range(80):
        inject(emulator, phones[n % 4], f"soʻz {n}")
    wait_until(lambda: centre.heard == before + 81, 90)
    assert centre.out_of_order == 0
    assert centre.undone == 0
    info = emulator.get("bot1:e/getWebhookInfo")["result"]
    assert info["url"] == f"http://127.0.0.1:{port}/telegram/webhook/"


def test_a_wrong_secret_brings_nothing_in_and_telegram_sees_403(centre: Bots, emulator: Emulator) -> None:
    hook = f"{centre.env['PANOH_PUBLIC_URL']}/telegram/webhook/"
    before = centre.count("select count(*) from telegram_inboundupdate")
    emulator.post("bot1:emulator/setWebhook", {"url": hook, "secret_token": "wrong"})
    inject(emulator, Phone(chat=811), "soʻz")
    wait_until(lambda: "403" in emulator.get("bot1:e/getWebhookInfo")["result"].get("last_error_message", ""))
    assert centre.count("select count(*) from telegram_inboundupdate") == before


def test_nothing_a_person_wrote_stands_in_the_bots_log(centre: Bots) -> None:
    log = (centre.folder / "log.txt").read_text()
    assert "soʻz" not in log
    assert "laylo" not in log.lower()
    assert json.dumps("soʻz") not in log
