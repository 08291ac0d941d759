"""Whose turn it is to write. Pure of Django.

SQLite lets one write at a time and makes the others try again later and later: a busy writer starves its neighbours for
seconds. Here whoever waits first is next: it holds the place at the gate until the writer before it has left, so that
nobody can come back in before it. Both locks are the system's and fall the moment their holder dies.
"""

import fcntl
import random
import time
from typing import IO

NAP = 0.0003  # seconds


class Turn:
    """One connection's place in the row of writers of the file ``name``. Not thread-safe, like its connection."""

    def __init__(self, name: str) -> None:
        self._gate: IO[str] = open(f"{name}-gate", "a")  # noqa: SIM115 (held as long as the connection)
        self._pen: IO[str] = open(f"{name}-pen", "a")  # noqa: SIM115
        self.is_mine = False

    def take(self, seconds: float) -> bool:
        """Wait for the turn, at most ``seconds``; True when it is ours."""
        end = time.monotonic() + seconds
        if not self.is_mine and _locked(self._gate, end):
            self.is_mine = _locked(self._pen, end)
            fcntl.flock(self._gate, fcntl.LOCK_UN)
        return self.is_mine

    def leave(self) -> None:
        if self.is_mine:
            self.is_mine = False
            fcntl.flock(self._pen, fcntl.LOCK_UN)

    def close(self) -> None:
        self.is_mine = False
        self._gate.close()
        self._pen.close()


def _locked(file: IO[str], end: float) -> bool:
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(NAP * (0.5 + random.random()))  # noqa: S311 (not a secret)
        else:
            return True
