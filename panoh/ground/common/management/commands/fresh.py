"""``manage.py fresh make`` writes what a new SQLite file begins with; ``check`` says whether that is still true."""

import hashlib
import inspect
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from panoh.ground.common.sqlite import fresh

MARK = "seal.txt"


class Command(BaseCommand):
    help = "What a new SQLite database begins with: make it from the migrations, or check that it fits them."
    requires_system_checks: list[str] = []  # noqa: RUF012 (Django reads it from the class)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=["make", "check"])
        parser.add_argument("--to", type=Path, default=settings.FRESH_DIR, help="another folder, to compare")

    def handle(self, *args: Any, **options: Any) -> None:
        mark = options["to"] / MARK
        if options["verb"] == "make":
            for alias in connections:
                (options["to"] / f"{alias}.sql").write_text(migrated(alias))
            mark.write_text(seal() + "\n")
        elif not mark.exists() or mark.read_text().strip() != seal():
            raise CommandError("The migrations have changed: run manage.py fresh make, and commit config/fresh/.")


def seal() -> str:
    """A hash over the text of every migration, our own and the libraries'."""
    told = hashlib.blake2b(digest_size=16)
    for (app, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        told.update(f"{app}.{name}:".encode() + Path(inspect.getfile(type(migration))).read_bytes())
    return told.hexdigest()


def migrated(alias: str) -> str:
    """The statements of a database that has just been migrated from nothing."""
    connection = connections[alias]
    connection.close()
    kept = connection.settings_dict["NAME"], connection.settings_dict["FRESH"]
    with tempfile.TemporaryDirectory() as folder:
        connection.settings_dict.update(NAME=f"{folder}/fresh.sqlite3", FRESH=None)
        try:
            call_command("migrate", database=alias, verbosity=0, interactive=False, skip_checks=True)
            connection.ensure_connection()
            return fresh.statements_of(connection.connection)
        finally:
            connection.close()
            connection.settings_dict.update(NAME=kept[0], FRESH=kept[1])
