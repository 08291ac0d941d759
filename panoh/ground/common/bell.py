"""The bell: tells other processes that a row changed, never what changed.

The database row is the truth; a bell may be lost or rung twice. PostgreSQL carries it by NOTIFY (delivered at
commit), SQLite by ``PRAGMA data_version`` (any commit of another connection). Listeners keep a safety poll behind it.
"""

import select
import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection, transaction

CHANNEL = "panoh"
ANYTHING = "*"
POLL_SECONDS = 0.05

_neighbours: list[Callable[[str], None]] = []


def ring(topic: str) -> None:
    """Ring ``topic`` when the running transaction commits. ``topic`` holds references only, 200 characters at most."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select pg_notify(%s, %s)", [CHANNEL, topic])
    if _neighbours:
        transaction.on_commit(lambda: [hear(topic) for hear in _neighbours] and None)


def hear_in_process(listener: Callable[[str], None]) -> None:
    """Let ``listener`` hear bells rung in this very process at once; it must not block and may come from any thread."""
    _neighbours.append(listener)


class Listener:
    """Waits for bells on a connection of its own. Not thread-safe: one thread, one listener."""

    def __init__(self) -> None:
        self._pg: psycopg.Connection | None = None
        self._lite: sqlite3.Connection | None = None
        self._seen = -1

    def wait(self, seconds: float) -> set[str]:
        """Topics rung since the last call, waiting at most ``seconds``; ``{"*"}`` where only "something" is known.

        A lost connection is reopened and answered with ``{"*"}``, because bells may have been missed.
        """
        try:
            return self._wait_postgres(seconds) if connection.vendor == "postgresql" else self._wait_sqlite(seconds)
        except (psycopg.Error, sqlite3.Error):
            self.close()
            time.sleep(min(seconds, 0.5))
            return {ANYTHING}

    def close(self) -> None:
        for opened in (self._pg, self._lite):
            if opened is not None:
                try:
                    opened.close()
                except (psycopg.Error, sqlite3.Error):
                    pass
        self._pg = self._lite = None

    def _wait_postgres(self, seconds: float) -> set[str]:
        if self._pg is None:
            params = connection.get_connection_params()
            self._pg = psycopg.connect(
                **{k: params[k] for k in ("dbname", "user", "password", "host", "port") if params.get(k)},
                autocommit=True,
            )
            self._pg.execute(f"LISTEN {CHANNEL}")
            return {ANYTHING}
        heard = {note.payload for note in self._pg.notifies(timeout=0)}
        if not heard:
            select.select([self._pg.fileno()], [], [], seconds)
            heard = {note.payload for note in self._pg.notifies(timeout=0)}
        return heard

    def _wait_sqlite(self, seconds: float) -> set[str]:
        if self._lite is None:
            address = Path(settings.DATABASES["default"]["NAME"]).absolute().as_uri()
            self._lite = sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=5)
        end = time.monotonic() + seconds
        while True:
            version = self._lite.execute("PRAGMA data_version").fetchone()[0]
            if version != self._seen:
                self._seen = version
                return {ANYTHING}
            if time.monotonic() >= end:
                return set()
            time.sleep(POLL_SECONDS)


def listen_for_ever(hear: Callable[[set[str]], None], stop: threading.Event, seconds: float = 1.0) -> None:
    """Call ``hear`` with every set of topics (an empty set on each quiet ``seconds``) until ``stop`` is set."""
    listener = Listener()
    while not stop.is_set():
        hear(listener.wait(seconds))
    listener.close()
