"""Tables as Markdown, printed and kept in ``docs/benchmarks.md`` with the date and the machine."""

import os
import platform
import re
from collections.abc import Sequence
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import psutil

DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Written by `make bench` and `make chaos`; every number below was measured, none was typed. Each table names its date and
machine. The load generator runs on the same cores as the centre, so the figures are pessimistic: read the ratios to the
baseline of the same run before the figures themselves.
"""


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def machine() -> str:
    """Date, size and versions in one line."""
    memory = psutil.virtual_memory().total / 2**30
    load = os.getloadavg()[0]
    return (
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M %z}; {os.cpu_count()} cores, {memory:.0f} GiB, load before "
        f"{load:.1f}; Python {platform.python_version()}, Django {version('django')}, SQLite {_sqlite()}, "
        f"PostgreSQL {_postgres()}"
    )


def keep(name: str, title: str, text: str) -> None:
    """Put one section into the document, in the place of its older self."""
    body = DOCUMENT.read_text(encoding="utf-8") if DOCUMENT.exists() else HEAD
    section = f"<!-- {name} -->\n\n## {title}\n\n{text.strip()}\n\n<!-- /{name} -->\n"
    old = re.compile(rf"<!-- {name} -->.*?<!-- /{name} -->\n", re.DOTALL)
    body = old.sub(lambda _: section, body) if old.search(body) else f"{body.rstrip()}\n\n{section}"
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text(body, encoding="utf-8")


def _sqlite() -> str:
    import sqlite3

    return sqlite3.sqlite_version


def _postgres() -> str:
    import psycopg

    from .running import POSTGRES

    try:
        with psycopg.connect(POSTGRES, connect_timeout=2) as server:
            number = server.info.server_version
    except psycopg.Error:
        return "not found"
    return f"{number // 10000}.{number % 10000}"
