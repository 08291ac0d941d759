"""Only one bot at a time: a lock that the system lets go of the moment its holder dies, however it dies."""

import fcntl
import os
from typing import IO

import psycopg
from django.conf import settings
from django.db import connection

NUMBER = 0x70616E6F  # of the advisory lock


class Sole:
    """PostgreSQL: an advisory lock on a connection of its own. SQLite: a lock on a file beside the database."""

    def __init__(self) -> None:
        self._pg: psycopg.Connection | None = None
        self._file: IO[str] | None = None

    def take(self) -> bool:
        """True when this process is the one; ask again at any time, also to learn whether it still is."""
        try:
            return self._take_postgres() if connection.vendor == "postgresql" else self._take_file()
        except (psycopg.Error, OSError):
            self.let_go()
            return False

    def let_go(self) -> None:
        for held in (self._pg, self._file):
            if held is not None:
                held.close()
        self._pg = self._file = None

    def _take_postgres(self) -> bool:
        if self._pg is not None:
            self._pg.execute("select 1")
            return True
        params = connection.get_connection_params()
        names = ("dbname", "user", "password", "host", "port")
        opened = psycopg.connect(**{name: params[name] for name in names if params.get(name)}, autocommit=True)
        row = opened.execute("select pg_try_advisory_lock(%s)", [NUMBER]).fetchone()
        if not row or not row[0]:
            opened.close()
            return False
        self._pg = opened
        return True

    def _take_file(self) -> bool:
        if self._file is not None:
            return True
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        opened = open(settings.DATA_DIR / "bot.lock", "a")  # noqa: SIM115 (held open as long as we are the one)
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            opened.close()
            return False
        os.set_inheritable(opened.fileno(), False)
        self._file = opened
        return True
