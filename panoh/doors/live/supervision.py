"""Forks the processes of the centre, brings back the ones that die, and stops them all together. Linux and macOS."""

import ctypes
import gc
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from setproctitle import setproctitle

STEADY_SECONDS = 10.0
BACK_OFF_SECONDS = 2.0
PATIENCE_SECONDS = 5.0
QUIT = {signal.SIGTERM, signal.SIGINT, signal.SIGHUP}
HEARD = {*QUIT, signal.SIGCHLD}
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """One process. ``run`` returns when it was told to stop by SIGTERM."""

    name: str
    run: Callable[[], None]
    pid: int = 0
    began_at: float = 0.0
    due_at: float = 0.0


class Supervisor:
    """Call ``run`` from the main thread of a process that holds no database connection and runs no other thread."""

    def __init__(self, children: list[Child], say: Callable[[str], None]) -> None:
        self.children = children
        self.say = say

    def run(self) -> None:
        """Until SIGTERM, SIGINT or SIGHUP."""
        gc.collect()
        gc.freeze()
        signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)
        for child in self.children:
            self._start(child)
        while True:
            heard = signal.sigtimedwait(HEARD, 0.25)
            if heard is not None and heard.si_signo in QUIT:
                break
            self._bury()
            self._bring_back()
        self._stop_all()

    def _start(self, child: Child) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        child.pid = os.fork()
        child.began_at = time.monotonic()
        if child.pid == 0:
            os._exit(_live(child, parent))

    def _bury(self) -> None:
        """Note who died; one that lived steadily comes back at once, one that keeps falling a little later."""
        for child in self.children:
            if child.pid and os.waitpid(child.pid, os.WNOHANG)[0]:
                lived = time.monotonic() - child.began_at
                wait = 0.0 if lived > STEADY_SECONDS else BACK_OFF_SECONDS
                self.say(f"{child.name} ended after {lived:.0f} s; it comes back in {wait:.0f} s")
                child.pid, child.due_at = 0, time.monotonic() + wait

    def _bring_back(self) -> None:
        for child in self.children:
            if not child.pid and time.monotonic() >= child.due_at:
                self._start(child)

    def _stop_all(self) -> None:
        self._signal(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline and self._any_left():
            time.sleep(0.05)
        self._signal(signal.SIGKILL)
        while self._any_left():
            time.sleep(0.02)

    def _any_left(self) -> bool:
        for child in self.children:
            if child.pid and os.waitpid(child.pid, os.WNOHANG)[0]:
                child.pid = 0
        return any(child.pid for child in self.children)

    def _signal(self, number: int) -> None:
        for child in self.children:
            if child.pid:
                os.kill(child.pid, number)


def _live(child: Child, parent: int) -> int:
    """The whole life of a forked process; its exit code."""
    try:
        _die_with_parent(parent)
        # Ctrl-C reaches the whole terminal: only the parent answers it, and then tells us.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HEARD)
        setproctitle(f"panoh: {child.name}")
        child.run()
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else 0
    except KeyboardInterrupt:
        return 0
    except BaseException as error:
        places = traceback.extract_tb(error.__traceback__)[-4:]
        where = " < ".join(f"{place.filename.rsplit('/', 1)[-1]}:{place.lineno}" for place in reversed(places))
        sys.stderr.write(f"panoh: {child.name} broke: {type(error).__name__} at {where}\n")
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def _die_with_parent(parent: int) -> None:
    """On Linux the kernel ends a child whose supervisor was killed; elsewhere this does nothing."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    except (AttributeError, OSError):
        return
    if os.getppid() != parent:
        raise SystemExit(0)
