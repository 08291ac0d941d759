"""The bot process: how updates come in (long poll or webhook), the threads that work, and a clean stop."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from concurrent.futures import TimeoutError as StillWaiting
from typing import Any

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import close_old_connections, connections

from panoh.ground.common import bell
from panoh.ground.languages.public import may_show, word

from . import queries, services
from .botapi import CallFailedError
from .fetcher import Fetcher
from .line import WANTED, Line
from .pacing import back_off
from .reading import COMMANDS
from .receiver import Receiver
from .sender import Sender
from .sole import Sole

logger = logging.getLogger("panoh.telegram")
WATCH_SECONDS = 60
CALM_SECONDS = 60  # of quiet work, after which earlier failures are forgotten
MANY_PENDING = 100
# Telegram's two-letter codes; the languages it does not know get the centre's own.
PHONE_LANGUAGES = {"": settings.LANGUAGE_CODE, "uz": "uz", "ru": "ru", "en": "en"}


class BotProcess:
    """``run`` returns when ``stop`` is set, at most three seconds later."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self.webhook = settings.TELEGRAM_MODE == "webhook"
        self.sole = Sole()

    def run(self) -> None:
        if not self._become_the_one():
            return
        self.line = Line(settings.TELEGRAM_TOKEN, settings.TELEGRAM_API)
        self.sender = Sender(self.line)
        self.receiver = Receiver(hold_gaps=self.webhook)
        self.fetcher = Fetcher(self.line)
        works = [self._receive, self._send, self._fetch, self._watch_webhook if self.webhook else self._poll]
        threads = [threading.Thread(target=self._keep_on, args=(work,), name=work.__name__) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.line.close()
        self.sole.let_go()

    def _become_the_one(self) -> bool:
        """A second bot waits until the first is gone."""
        told = False
        while not self.stop.is_set():
            if self.sole.take():
                return True
            if not told:
                logger.warning("another bot is at work; waiting for its place")
                told = True
            self.stop.wait(0.5)
        return False

    def _keep_on(self, work: Callable[[], None]) -> None:
        """Do ``work`` again after whatever broke it, a little later each time, until we stop."""
        failures, begun = 0, 0.0
        while not self.stop.is_set():
            failures = 0 if time.monotonic() - begun > CALM_SECONDS else failures
            begun = time.monotonic()
            try:
                work()
            except CallFailedError as error:
                failures += 1
                logger.warning("Telegram does not answer %s: %s %s", work.__name__, type(error).__name__, error)
                self.stop.wait(min(back_off(failures - 2), 30))
            except DatabaseError as error:
                failures += 1
                logger.warning("the database does not answer %s: %s", work.__name__, type(error).__name__)
                connections.close_all()
                self.stop.wait(min(0.2 * failures, 5))
            except Exception:
                failures += 1
                logger.exception("%s broke and starts again", work.__name__)
                self.stop.wait(min(failures, 5))
        connections.close_all()

    def _receive(self) -> None:
        """Until stopped: whatever the bell says, and a look every second behind it."""
        listener = bell.Listener()
        try:
            while not self.stop.is_set():
                busy = self.receiver.run_pass()
                waits = not busy and bool(queries.waiting_updates())  # behind a gap, or to be tried again
                if not busy:
                    listener.wait(0.1 if waits else 0.5)
                    self._still_the_one()
        finally:
            listener.close()

    def _still_the_one(self) -> None:
        if not self.sole.take():
            logger.warning("the lock of this bot is gone; another may be at work")
            self.stop.wait(0.2)

    def _send(self) -> None:
        listener = bell.Listener()
        self.sender.begin()
        try:
            while not self.stop.is_set():
                nap = self.sender.run_pass()
                if self.sender.speaking:
                    self.sender.heard.wait(min(nap, 0.02))
                elif nap:
                    listener.wait(min(nap, 0.5))
        finally:
            listener.close()
            self.sender.finish()

    def _fetch(self) -> None:
        """A look every second or two: what a counsellor asked for may take that long."""
        while not self.stop.wait(1.5):
            self.fetcher.run_pass()

    def _poll(self) -> None:
        """The long poll: every batch is in the ledger before the offset moves past it."""
        self.line.ask("deleteWebhook", drop_pending_updates=False)
        self._tell_commands()
        while not self.stop.is_set():
            updates = self._wait_for(self.line.poll(queries.next_offset()))
            if updates:
                services.store_updates(sorted(updates, key=lambda update: int(update["update_id"])))
            close_old_connections()

    def _wait_for(self, future: Any) -> Any:
        while not self.stop.is_set():
            try:
                return future.result(0.25)
            except StillWaiting:
                if future.done():
                    raise
            except CancelledError:
                return []
        future.cancel()
        return []

    def _watch_webhook(self) -> None:
        """Tell Telegram where we are, then look once a minute whether updates pile up there: it keeps them a day."""
        self.line.ask(
            "setWebhook",
            url=f"{settings.PUBLIC_URL}/telegram/webhook/",
            secret_token=settings.TELEGRAM_SECRET,
            max_connections=40,
            allowed_updates=WANTED,
            drop_pending_updates=False,
        )
        self._tell_commands()
        while not self.stop.wait(WATCH_SECONDS):
            info = self.line.ask("getWebhookInfo")
            if info["pending_update_count"] > MANY_PENDING:
                logger.error("%d updates wait at Telegram; it drops them after 24 hours", info["pending_update_count"])
            if not info["url"]:
                return

    def _tell_commands(self) -> None:
        """The list of commands in the phone's own language, as far as somebody reviewed it."""
        for phone, language in PHONE_LANGUAGES.items():
            commands = [
                {"command": name, "description": word(f"command.{name}", language)}
                for name in COMMANDS
                if may_show(f"command.{name}", language)
            ]
            if not commands:
                continue
            self.line.ask("setMyCommands", commands=commands, language_code=phone or None)
