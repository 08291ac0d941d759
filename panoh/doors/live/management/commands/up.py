"""``manage.py up``: the whole centre on one port, from one process that sets Django up once and forks."""

import importlib
import os
import signal
import socket
import sys
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.urls import get_resolver
from setproctitle import setproctitle

from panoh.ground.jobs import public as jobs

from ...serving import serve
from ...supervision import Child, Supervisor
from .. import preparing

PARTS = ("front", "worker", "bot")
SEND_BUFFER = 131_072


class Command(BaseCommand):
    help = "Prepare what needs preparing, then run front, worker and bot together."
    requires_system_checks: list[str] = []  # noqa: RUF012 (Django reads it from the class)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "parts", nargs="*", metavar="part", help="front, worker, bot; all of them when none is named"
        )
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument("--fresh", action="store_true", help="demo centre only: throw all data away first")

    def handle(self, *args: Any, **options: Any) -> None:
        parts = options["parts"] or list(PARTS)
        if unknown := set(parts) - set(PARTS):
            raise CommandError(f"There is no part called {', '.join(sorted(unknown))}.")
        _match_public_url(options["port"])
        listening = _listen(options["host"], options["port"]) if "front" in parts else None
        self._prepare(fresh=options["fresh"])
        runs: dict[str, Callable[[], None]] = {
            "front": lambda: _front(listening),
            "worker": lambda: _worker(listening),
            "bot": lambda: _bot(listening),
        }
        setproctitle("panoh: up")
        self._greet(parts)
        Supervisor([Child(name, runs[name]) for name in PARTS if name in parts], self._say).run()
        self._say("Stopped. Everything that was written is kept.")

    def _prepare(self, *, fresh: bool) -> None:
        if fresh:
            if not settings.DEMO or not settings.DATABASE_URL.startswith("sqlite"):
                raise CommandError("--fresh throws all data away: only for a demo centre on SQLite.")
            preparing.start_again()
        # In a process of its own: what preparing leaves in memory goes with it, and every part of the centre is forked
        # from one that has nothing but the pages and their libraries, in memory once for all.
        finish = preparing.meanwhile(lambda: preparing.prepare(self._say))
        _ = get_resolver().url_patterns
        importlib.import_module("config.asgi")
        if not finish():
            raise CommandError("The centre could not be prepared; why stands above. Nothing was served.")
        preparing.read_names_again()

    def _greet(self, parts: list[str]) -> None:
        if "front" not in parts:
            return
        self._say("")
        self._say(f"  A person writes here:    {settings.PUBLIC_URL}/")
        self._say(f"  The desk of the staff:   {settings.PUBLIC_URL}/desk/")
        if settings.TELEGRAM_EMULATED:
            self._say(f"  Telegram (an emulator):  {settings.PUBLIC_URL}/emulator/")
        sign_in = settings.DATA_DIR / "sign-in.txt"
        if settings.DEMO and sign_in.exists():
            self._say(sign_in.read_text().rstrip())
        self._say("  Ctrl-C stops it.\n")

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()


def _match_public_url(port: int) -> None:
    """Settings were read with ``PORT``; where another port was asked for, begin again with that."""
    if str(port) != os.environ.get("PORT", "8000") and not os.environ.get("PANOH_PUBLIC_URL"):
        os.environ["PORT"] = str(port)
        os.execv(sys.executable, [sys.executable, *sys.argv])  # noqa: S606


def _listen(host: str, port: int) -> socket.socket:
    """The parent owns the port: while a front restarts, callers wait instead of being refused."""
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # What a page that does not read may hold of our memory; accepted connections inherit it.
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SEND_BUFFER)
    try:
        listening.bind((host, port))
    except OSError as error:
        raise CommandError(f"Port {port} is taken. Choose another: PORT={port + 1} make run") from error
    listening.listen(1024)
    return listening


def _front(listening: socket.socket | None) -> None:
    if listening is not None:
        entry = importlib.import_module("config.asgi")
        serve(entry.application, entry.application.drain, listening)


def _worker(listening: socket.socket | None) -> None:
    _leave(listening)
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    jobs.run_worker(stop)


def _bot(listening: socket.socket | None) -> None:
    _leave(listening)
    call_command("bot")


def _leave(listening: socket.socket | None) -> None:
    """Only the front answers the port."""
    if listening is not None:
        listening.close()
