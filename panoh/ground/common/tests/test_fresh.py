"""A new SQLite file begins with its tables, once, whoever opens it first."""

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.db.migrations.loader import MigrationLoader

from panoh.ground.common.management.commands.fresh import seal
from panoh.ground.common.sqlite import fresh

STATEMENTS = settings.FRESH_DIR / "default.sql"


def opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None, timeout=20)


def test_a_new_file_has_every_migration_behind_it(tmp_path: Path) -> None:
    connection = opened(tmp_path / "new.sqlite3")
    assert fresh.begin(connection, STATEMENTS)
    applied = {tuple(row) for row in connection.execute("select app, name from django_migrations")}
    migrations = MigrationLoader(None).disk_migrations
    replaced = {one for migration in migrations.values() for one in migration.replaces}
    assert set(migrations) <= applied <= set(migrations) | replaced
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    assert connection.execute("pragma foreign_keys").fetchone() == (1,)


def test_a_file_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    connection = opened(tmp_path / "old.sqlite3")
    connection.execute("create table mine (a)")
    assert not fresh.begin(connection, STATEMENTS)
    assert connection.execute("select name from sqlite_master").fetchall() == [("mine",)]


def test_of_many_who_open_a_new_file_at_once_one_fills_it(tmp_path: Path) -> None:
    def first() -> bool:
        return fresh.begin(opened(tmp_path / "shared.sqlite3"), STATEMENTS)

    with ThreadPoolExecutor(6) as pool:
        began = [pool.submit(first) for _ in range(6)]
        assert sorted(one.result() for one in began) == [False] * 5 + [True]


def test_statements_that_break_off_leave_the_file_empty(tmp_path: Path) -> None:
    broken = tmp_path / "broken.sql"
    broken.write_text("create table one (a);\ncreate table one (a);\n")
    connection = opened(tmp_path / "new.sqlite3")
    with pytest.raises(sqlite3.OperationalError):
        fresh.begin(connection, broken)
    assert connection.execute("select count(*) from sqlite_master").fetchone() == (0,)


def test_the_seal_fits_the_migrations() -> None:
    assert (settings.FRESH_DIR / "seal.txt").read_text().strip() == seal()


@pytest.mark.proof
def test_it_is_word_for_word_what_the_migrations_make(tmp_path: Path) -> None:
    environment = {**os.environ, "PANOH_DATABASE_URL": "", "PANOH_DATA_DIR": str(tmp_path)}
    command = [sys.executable, "manage.py", "fresh", "make", "--to", str(tmp_path)]
    subprocess.run(command, cwd=settings.ROOT, env=environment, check=True)  # noqa: S603
    for name in ("default.sql", "keys.sql", "seal.txt"):
        assert (tmp_path / name).read_text() == (settings.FRESH_DIR / name).read_text()
