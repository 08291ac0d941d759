"""Sheets on paper: PDF/UA-1 by typst, with the fonts of the house and nothing from the machine."""

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from panoh.ground.common.centre import centre
from panoh.ground.languages.public import word
from panoh.ground.ui.typesetting import covered, fonts

from . import colours, papers
from .queries import Told

PRINT = Path(__file__).parent / "print"
TAGS = {"uz": ("uz", "latn"), "uz-cyrl": ("uz", "cyrl"), "ru": ("ru", "cyrl"), "kaa": ("kaa", "latn")}
WORDS = (
    "choose", "remember", "try_again", "rules", "guide", "if_a_child_tells", "aim", "how", "watch", "answer", "answers",
    "no_score", "opening", "steps", "pieces", "closing", "home",
)  # fmt: skip
PAPERS: dict[str, Callable[[Told, papers.Drawings], papers.Said]] = {
    "stories": papers.stories, "cards": papers.cards, "workbook": papers.workbook, "quizzes": papers.quizzes,
    "challenge": papers.challenge, "episodes": papers.episodes,
}  # fmt: skip


def sheet(told: Told, version: str) -> bytes:
    """The sheet of the piece's kind."""
    return _set(told, told.kind, PAPERS[told.kind], version)


def guide(told: Told, version: str) -> bytes:
    """What leads the workbook, beside what the pupil sees."""
    return _set(told, "guide", papers.guide, version)


def lesson(told: Told, code: str, version: str) -> bytes:
    return _set(told, "lesson", papers.lesson_of(code), version)


def _set(told: Told, template: str, made: Callable[[Told, papers.Drawings], papers.Said], version: str) -> bytes:
    drawn = papers.Drawings()
    said = {**_around(told, version), **made(told, drawn)}
    files = {
        "main.typ": (PRINT / f"{template}.typ").read_bytes(),
        "common.typ": (PRINT / "common.typ").read_bytes(),
        "data.json": json.dumps(_printable(said), ensure_ascii=False).encode(),
        **drawn.files,
    }
    pdf: bytes = typst.compile(files, format="pdf", font_paths=fonts(), pdf_standards=["ua-1"])
    return pdf


def _around(told: Told, version: str) -> dict[str, Any]:
    lang, script = TAGS.get(told.language, ("en", "latn"))
    reviewer = told.words.get("reviewed_by", "")
    here = told.language
    return {
        "title": told.title, "summary": told.summary, "author": str(centre("name", default="Panoh")),
        "lang": lang, "script": script, "colours": dict(colours.light()),
        "words": {code: word(f"play.{code}", here) for code in WORDS},
        "from": word("portal.pack_from", here, site=settings.PUBLIC_URL, version=version),
        "licence": word("portal.pack_licence", here),
        "reviewed": word("portal.reviewed", here, who=reviewer) if reviewer else word("portal.unreviewed", here),
    }  # fmt: skip


def _printable(value: Any) -> Any:
    """Without the signs that our fonts cannot draw: a box on paper tells nobody anything."""
    if isinstance(value, str):
        return "".join(one for one in unicodedata.normalize("NFC", value) if one == "\n" or ord(one) in covered())
    if isinstance(value, dict):
        return {name: _printable(one) for name, one in value.items()}
    return [_printable(one) for one in value] if isinstance(value, list) else value
