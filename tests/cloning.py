"""Test databases of PostgreSQL, cloned from one that was migrated once: three seconds instead of a minute.

Whoever comes first makes the template under an advisory lock; the others, and the next run, find it. It is named for
what is in the migrations and the locked libraries; the oldest of several are dropped when a new one is made.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

MADE = "panoh_made_"
KEPT = 4
LOCK = 7_020_261_123
ALIASES = ("default", "keys")


def is_postgres() -> bool:
    return bool(connections["default"].vendor == "postgresql")


@contextmanager
def cloned_databases() -> Iterator[None]:
    """The test databases of this process as fresh clones, gone at the end."""
    names = {alias: connections[alias].creation._get_test_db_name() for alias in ALIASES}  # type: ignore[attr-defined]
    with _server() as server:
        server.execute("select pg_advisory_lock(%s)", [LOCK])
        templates = {alias: _template(server, alias) for alias in ALIASES}
        for alias, name in names.items():
            _drop(server, name)
            _run(server, "create database {} template {}", name, templates[alias])
    yield
    with _server() as server:
        for alias, name in names.items():
            connections[alias].close()
            _drop(server, name)


def _template(server: Any, alias: str) -> str:
    """The migrated database of an alias; made now if nobody has made it."""
    name = f"{MADE}{alias}_{_mark()}"
    if server.execute("select 1 from pg_database where datname = %s", [name]).fetchone():
        return name
    like = "select datname from pg_database where datname like %s order by oid desc"
    for (old,) in server.execute(like, [f"{MADE}{alias}%"]).fetchall()[KEPT - 1 :]:
        _drop(server, old)
    connection = connections[alias]
    before, test = connection.settings_dict["NAME"], dict(connection.settings_dict["TEST"])
    unfinished = f"{MADE}{alias}_unfinished"
    connection.settings_dict["TEST"]["NAME"] = unfinished
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = settings.DATABASES[alias]["NAME"] = before
        connection.settings_dict["TEST"].update(test)
    _run(server, "alter database {} rename to {}", unfinished, name)
    return name


@cache
def _mark() -> str:
    root, mark = Path(settings.ROOT), hashlib.sha256()
    for path in [*sorted(root.glob("panoh/*/*/migrations/*.py")), root / "requirements/run.txt"]:
        mark.update(path.read_bytes())
    return mark.hexdigest()[:12]


def _server() -> Any:
    said = connections["default"].get_connection_params()
    return psycopg.connect(
        host=said.get("host"), port=said.get("port"), user=said.get("user"), password=said.get("password"),
        dbname="postgres", autocommit=True,
    )  # fmt: skip


def _drop(server: Any, name: str) -> None:
    _run(server, "drop database if exists {} with (force)", name)


def _run(server: Any, statement: str, *names: str) -> None:
    server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))
