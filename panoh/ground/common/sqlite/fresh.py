"""A new SQLite file begins as its migrations would leave it, at once instead of after half a minute of them.

The statements lie in ``config/fresh/``, one file per database, written by ``manage.py fresh make``. Migrations that are
newer than the file still run on top of it. PostgreSQL knows nothing of this.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

EMPTY = "select not exists (select 1 from sqlite_master)"
# When each migration ran says nothing about a database that nobody has used yet.
LONG_AGO = "2026-01-01 00:00:00"


def begin(connection: sqlite3.Connection, statements: Path) -> bool:
    """Fill an empty database; True if this call did. Others that open the same file wait, and find it filled."""
    if not connection.execute(EMPTY).fetchone()[0] or not statements.exists():
        return False
    connection.execute("pragma foreign_keys = off")  # the dump names tables before it makes them
    connection.execute("begin immediate")
    try:
        is_mine = bool(connection.execute(EMPTY).fetchone()[0])
        for statement in _split(statements.read_text()) if is_mine else ():
            connection.execute(statement)
    except BaseException:
        connection.execute("rollback")
        raise
    connection.execute("commit")
    connection.execute("pragma foreign_keys = on")
    return is_mine


def _split(text: str) -> Iterator[str]:
    """Statements one by one; a trigger holds semicolons of its own."""
    kept = ""
    for line in text.splitlines(keepends=True):
        kept += line
        if sqlite3.complete_statement(kept):
            yield kept
            kept = ""


def statements_of(connection: sqlite3.Connection) -> str:
    """Everything that makes this database, in the order of its dump; the same tables give the same text."""
    connection.execute("update django_migrations set applied = ?", [LONG_AGO])
    lines = [line for line in connection.iterdump() if line not in {"BEGIN TRANSACTION;", "COMMIT;"}]
    return "\n".join(lines) + "\n"
