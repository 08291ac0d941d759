"""For translators: text or HTML from standard input to standard output, line by line; doubts to standard error."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any, TextIO

from django.core.management.base import BaseCommand, CommandError

from ...errors import UnknownPairError
from ...segments import Form
from ...turning import Turned, Warned, to_variant
from ...variants import variant_for

SAYS = {
    "mixed": "letters of two scripts in one word",
    "foreign": "no Uzbek or Karakalpak word: left as it is",
    "abbreviation": "an abbreviation of ours? A foreign one stays Latin",
    "guess": "a loan word on no list: perhaps it wants ь, ц, э or ъ",
}


class Command(BaseCommand):
    help = "Turn standard input into another script: transliterate --from uz --to uz-cyrl < text."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="source", required=True, help="a code such as uz, kaa or uz-cyrl")
        parser.add_argument("--to", dest="target", required=True, help="a code such as uz-cyrl, uz-2026 or kaa-cyrl")
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--html", action="store_const", dest="form", const="html", default="text")
        form.add_argument("--markdown", action="store_const", dest="form", const="markdown")

    def handle(self, *_: str, source: str, target: str, form: Form, **__: Any) -> None:
        try:
            variant_for(source, target)
        except UnknownPairError as error:
            raise CommandError(str(error)) from error
        # A tag or a block of code may span lines; plain text is answered while it still comes in.
        lines: Iterable[str] = _utf8(sys.stdin) if form == "text" else [_utf8(sys.stdin).read()]
        for number, line in enumerate(lines):
            turned = to_variant(line, source, target, form=form)
            self.say(turned, number)

    def say(self, turned: Turned, lines_before: int) -> None:
        self.stdout.write(turned.text, ending="")
        self.stdout.flush()
        for warned in turned.warnings:
            self.stderr.write(_sentence(warned._replace(line=warned.line + lines_before)))


def _sentence(warned: Warned) -> str:
    return f"{warned.line}:{warned.column}: {warned.word} → {warned.became}: {SAYS[warned.why]}"


def _utf8(stream: TextIO) -> TextIO:
    """Translators' terminals are not all set to UTF-8; a byte that is no UTF-8 is kept as it came."""
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(encoding="utf-8", errors="surrogateescape", newline="")
    return stream
