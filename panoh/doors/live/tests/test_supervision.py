"""The supervisor with real processes that do nothing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

SCRIPT = """
import os, signal, sys, time
from panoh.doors.live import supervision
from panoh.doors.live.supervision import Child, Supervisor

supervision.BACK_OFF_SECONDS = 0.2
supervision.PATIENCE_SECONDS = 1.0

def polite():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    while True:
        time.sleep(0.1)

def stubborn():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        time.sleep(0.1)

def broken():
    raise RuntimeError("a child's words")

names = {"polite": polite, "stubborn": stubborn, "broken": broken}
Supervisor([Child(name, names[name]) for name in sys.argv[1:]], lambda text: print(text, flush=True)).run()
print("stopped", flush=True)
"""

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start() -> Iterator[Start]:
    started: list[subprocess.Popen[str]] = []
    root = Path(__file__).resolve().parents[4]

    def begin(*names: str) -> "subprocess.Popen[str]":
        command = [sys.executable, "-c", SCRIPT, *names]
        process = subprocess.Popen(  # noqa: S603
            command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()


def children(process: "subprocess.Popen[str]", count: int) -> list[psutil.Process]:
    """The living children, once there are ``count``."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        found = [child for child in psutil.Process(process.pid).children() if child.status() != psutil.STATUS_ZOMBIE]
        if len(found) == count:
            return found
        time.sleep(0.02)
    raise AssertionError(f"never {count} children")


def test_a_killed_process_comes_back(start: Start) -> None:
    supervisor = start("polite")
    first = children(supervisor, 1)[0].pid
    os.kill(first, signal.SIGKILL)
    end = time.monotonic() + 5
    while time.monotonic() < end and children(supervisor, 1)[0].pid == first:
        time.sleep(0.05)
    assert children(supervisor, 1)[0].pid != first


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_told_to_stop_it_stops_all_and_leaves_in_peace(start: Start, number: int) -> None:
    supervisor = start("polite", "polite")
    pids = [child.pid for child in children(supervisor, 2)]
    supervisor.send_signal(number)
    said, _ = supervisor.communicate(timeout=5)
    assert supervisor.returncode == 0
    assert "stopped" in said
    assert not any(psutil.pid_exists(pid) for pid in pids)


def test_a_process_that_does_not_listen_is_ended(start: Start) -> None:
    supervisor = start("stubborn")
    pid = children(supervisor, 1)[0].pid
    supervisor.send_signal(signal.SIGTERM)
    supervisor.communicate(timeout=5)
    assert not psutil.pid_exists(pid)


def test_no_process_outlives_a_supervisor_that_was_killed(start: Start) -> None:
    supervisor = start("polite")
    child = children(supervisor, 1)[0]
    time.sleep(0.2)
    supervisor.kill()
    psutil.wait_procs([child], timeout=5)
    assert not child.is_running()


def test_what_broke_is_named_by_its_place_and_never_by_its_words(start: Start) -> None:
    supervisor = start("broken")
    time.sleep(0.6)
    supervisor.send_signal(signal.SIGTERM)
    said, complained = supervisor.communicate(timeout=5)
    assert "broken broke: RuntimeError at <string>" in complained
    assert "a child's words" not in complained + said
    assert said.count("comes back") >= 2
