"""``manage.py courses import`` publishes course files, ``check`` looks, ``export`` writes the browser's words back."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from ... import services
from ...errors import CourseFaultsError


class Command(BaseCommand):
    help = "Courses from content files: a new edition for each that says something new."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("verb", choices=["import", "check", "export"])
        parser.add_argument("folder", nargs="?", type=Path, default=settings.CONTENT_DIR)
        parser.add_argument("--to", type=Path, help="export: the folder to write; what it lacks is copied first")
        parser.add_argument("--take-files", action="store_true", help="import: the files win over the browser")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['verb']}")(options["folder"], options)
        except CourseFaultsError as error:
            raise CommandError("\n".join([*error.faults, "Nothing was published."])) from None

    def _check(self, folder: Path, _options: dict[str, Any]) -> None:
        for course in services.read_courses(folder):
            asked = sum(len(module.questions) for module in course.modules)
            self.stdout.write(f"{course.code}: {len(course.modules)} modules, {asked} questions, no faults.")

    def _import(self, folder: Path, options: dict[str, Any]) -> None:
        done = services.import_courses(folder, take_files=options["take_files"])
        self.stdout.write(f"{len(done.fresh)} with a new edition, {len(done.unchanged)} unchanged.")
        for code in done.kept:
            self.stdout.write(f"{code}: the browser's words were kept; --take-files takes the files'.")

    def _export(self, folder: Path, options: dict[str, Any]) -> None:
        if options["to"] is None:
            raise CommandError("Say where to write: --to folder")
        done = services.export_courses(folder, options["to"])
        self.stdout.write(f"{done.written} files written, {done.unchanged} unchanged.")
        for code in services.note_exported():
            self.stdout.write(f"{code}: what the browser said stands in these files now; import them from there.")
