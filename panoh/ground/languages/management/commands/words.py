"""The words a child reads: how far their review is, stamping a review, comparing them with the source."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from ... import queries, services
from ...errors import ReviewRefusedError, UnknownWordError
from ...tags import LANGUAGES
from ...usage import codes_in
from ...variants import VARIANTS


class Command(BaseCommand):
    help = "Child-facing words: status, review, check."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("status", help="how many texts are reviewed in each language; -v 2 names the others")
        verbs.add_parser("check", help="missing texts, differing placeholders, codes nobody wrote")
        review = verbs.add_parser("review", help="stamp texts as read by a person, today")
        review.add_argument("--language", required=True, choices=[*dict.fromkeys([*LANGUAGES, *VARIANTS])])
        review.add_argument("--by", required=True, help="the name of the person who read them")
        review.add_argument("--code", action="append", default=[], help="only this text, or all below 'prefix.'")

    def handle(self, *_: str, **options: Any) -> None:
        {"status": self.say_status, "check": self.compare, "review": self.stamp}[options["verb"]](options)

    def say_status(self, options: dict[str, Any]) -> None:
        total = len(queries.all_codes())
        for language in LANGUAGES:
            left = queries.unreviewed(language)
            self.stdout.write(f"{language:8} {total - len(left):4} of {total} reviewed")
            if options["verbosity"] > 1:
                self.stdout.write("".join(f"    {code}\n" for code in left), ending="")

    def stamp(self, options: dict[str, Any]) -> None:
        language, by, asked = options["language"], options["by"], tuple(options["code"])
        try:
            chosen = [code for code in queries.texts(language) if not asked or _is_asked(code, asked)]
            if not chosen:
                raise CommandError(f"No such text: {', '.join(asked)}.")
            count = services.review_words(language, chosen, by=by, on=timezone.localdate())
        except (ReviewRefusedError, UnknownWordError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{count} texts of {language} stamped as read by {by}.")

    def compare(self, options: dict[str, Any]) -> None:
        said = queries.word_faults()
        said += [f"{code}: waits in words/_new for its translations" for code in queries.drafts()]
        said += [f"{code}: named in {path}, written in no language" for code, path in _unwritten()]
        if said:
            raise CommandError("\n".join(said))
        self.stdout.write(f"{len(queries.all_codes())} texts, whole in every language.")


def _is_asked(code: str, asked: tuple[str, ...]) -> bool:
    return any(code == one or (one.endswith(".") and code.startswith(one)) for one in asked)


def _unwritten() -> list[tuple[str, Path]]:
    """Codes that our source names and no file of words holds."""
    house = settings.ROOT / "panoh"
    files = [
        path
        for path in house.rglob("*")
        # "x.html.py" lies there for a moment while the catalogues are being collected
        if path.suffixes in ([".py"], [".html"], [".txt"])
        and not {"tests", "languages"} & set(path.relative_to(house).parts)
    ]
    known = queries.all_codes()
    return sorted({(code, path.relative_to(settings.ROOT)) for code, path in codes_in(files) if code not in known})
