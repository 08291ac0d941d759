"""Whose turn it is to write. Pure of Django.

SQLite lets one write at a time and makes the others try again later and later: a busy writer starves its neighbours for
seconds. Here whoever waits first is next: it holds the place at the gate until the writer before it has left, so that
nobody can come back in before it. Both locks are the system's and fall the moment their holder dies. Threads of one
process stand in a row first, so that one of them at a time asks the system.
"""

import fcntl
import os
import random
import sys
import threading
import time
from collections import defaultdict, deque
from typing import IO

NAP = 0.0003  # seconds
# Between two statements a thread lets the interpreter go, and holds the one pen of SQLite while it waits to get it
# back: with Python's own 5 ms a crowd of reporters is written at half the speed. Pages that only read are made at half
# the speed with 1 ms. So hands change faster only while somebody writes.
QUICK, USUAL = 0.001, sys.getswitchinterval()  # seconds


class Hands:
    """How many rows of this process have a writer now."""

    def __init__(self) -> None:
        self._lock, self._writers = threading.Lock(), 0

    def begin(self) -> None:
        with self._lock:
            self._writers += 1
            if self._writers == 1:
                sys.setswitchinterval(QUICK)

    def end(self) -> None:
        with self._lock:
            self._writers -= 1
            if self._writers == 0:
                sys.setswitchinterval(USUAL)

    def rest(self) -> None:
        """In a child that was just forked nobody writes."""
        self.__init__()  # type: ignore[misc]  # its lock may have been held
        sys.setswitchinterval(USUAL)


hands = Hands()


class Row:
    """The threads of this process that want to write one file, first come, first served."""

    def __init__(self) -> None:
        self._lock, self._is_taken = threading.Lock(), False
        self._waiting: deque[threading.Lock] = deque()

    def enter(self, seconds: float) -> bool:
        with self._lock:
            if not self._is_taken:
                self._is_taken = True
                hands.begin()
                return True
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=max(seconds, 0)):
            return True
        with self._lock:
            if mine not in self._waiting:  # called at the last moment
                return True
            self._waiting.remove(mine)
            return False

    def leave(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False
                hands.end()


_rows: defaultdict[str, Row] = defaultdict(Row)
os.register_at_fork(after_in_child=_rows.clear)
os.register_at_fork(after_in_child=hands.rest)


class Turn:
    """One connection's place in the row of writers of the file ``name``. Not thread-safe, like its connection."""

    def __init__(self, name: str) -> None:
        self._gate: IO[str] = open(f"{name}-gate", "a")  # noqa: SIM115 (held as long as the connection)
        self._pen: IO[str] = open(f"{name}-pen", "a")  # noqa: SIM115
        self._row = _rows[name]
        self.is_mine = False

    def take(self, seconds: float) -> bool:
        """Wait for the turn, at most ``seconds``; True when it is ours."""
        end = time.monotonic() + seconds
        if not self.is_mine and self._row.enter(seconds):
            if _locked(self._gate, end):
                self.is_mine = _locked(self._pen, end)
                fcntl.flock(self._gate, fcntl.LOCK_UN)
            if not self.is_mine:
                self._row.leave()
        return self.is_mine

    def leave(self) -> None:
        if self.is_mine:
            self.is_mine = False
            fcntl.flock(self._pen, fcntl.LOCK_UN)
            self._row.leave()

    def close(self) -> None:
        """What is still held falls with the files."""
        was_mine, self.is_mine = self.is_mine, False
        self._gate.close()
        self._pen.close()
        if was_mine:
            self._row.leave()

    def __del__(self) -> None:
        """A thread that ended in the middle of a transaction must not keep the others waiting."""
        if getattr(self, "is_mine", False):
            self.close()


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
