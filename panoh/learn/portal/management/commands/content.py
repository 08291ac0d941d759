"""``manage.py content import`` publishes the content files, ``export`` writes back what was changed in the browser.

``check`` only looks, ``tidy`` gives the files one form.
"""

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
        parser.add_argument("verb", choices=["import", "export", "check", "tidy"])
        parser.add_argument("folder", nargs="?", type=Path, default=settings.CONTENT_DIR)
        parser.add_argument("--to", type=Path, help="export: the folder to write; what it lacks is copied first")
        parser.add_argument("--take-files", action="store_true", help="import: the files win over the browser")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["folder"]
        if options["verb"] == "tidy":
            self.stdout.write(f"{services.rewrite_content(folder)} files written anew.")
            return
        if options["verb"] == "check":
            if faults := Tree(folder).faults:
                raise CommandError("\n".join(faults))
            return
        if options["verb"] == "export":
            self._export(folder, options["to"])
            return
        try:
            done = services.import_content(folder, take_files=options["take_files"])
        except ContentError as error:
            raise CommandError(f"Nothing was published.\n{error}") from None
        self.stdout.write(f"{done.written} published, {done.unchanged} unchanged, {done.removed} taken away.")
        for name in done.kept:
            self.stdout.write(f"{name}: the browser's words were kept; --take-files takes the file's.")

    def _export(self, folder: Path, to: Path | None) -> None:
        if to is None:
            raise CommandError("Say where to write: --to folder")
        done = services.export_content(folder, to)
        self.stdout.write(f"{done.written} files written, {done.unchanged} unchanged.")
        for name in done.left_out:
            self.stdout.write(f"{name}: not written, a language is still missing.")
