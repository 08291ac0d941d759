"""``manage.py content import`` publishes the content files, ``check`` only looks, ``tidy`` gives them one form."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from ... import services
from ...errors import ContentError
from ...tree import Tree


class Command(BaseCommand):
    help = "Publish guidance from content files, all of it or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=["import", "check", "tidy"])
        parser.add_argument("folder", nargs="?", type=Path, default=settings.CONTENT_DIR)

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"]
        if options["verb"] == "tidy":
            self.stdout.write(f"{services.rewrite_content(folder)} files written anew.")
            return
        if options["verb"] == "check":
            if faults := Tree(folder).faults:
                raise CommandError("\n".join(faults))
            return
        try:
            done = services.import_content(folder)
        except ContentError as error:
            raise CommandError(f"Nothing was published.\n{error}") from None
        self.stdout.write(f"{done.written} published, {done.unchanged} unchanged, {done.removed} taken away.")
