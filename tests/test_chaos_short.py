"""The short lane of the endurance run: real processes, killed at random, and nothing lost, doubled or out of order."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
CLEAN = "**0 lost, 0 doubled, 0 out of order.**"


def endured(database: str) -> str:
    """What the run printed; it makes databases of its own and drops them."""
    command = [sys.executable, "-m", "bench.chaos", "--quick", "--database", database]
    run = subprocess.run(command, cwd=ROOT, env={**os.environ}, capture_output=True, text=True, timeout=170)
    assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-4000:]
    return run.stdout


@pytest.mark.skipif(connection.vendor != "sqlite", reason="once is enough: in the lane of SQLite")
def test_nothing_is_lost_while_processes_are_killed_on_sqlite() -> None:
    assert CLEAN in endured("sqlite")


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="once is enough: in the lane of PostgreSQL")
def test_nothing_is_lost_while_processes_and_listeners_are_killed_on_postgresql() -> None:
    assert CLEAN in endured("postgres")
