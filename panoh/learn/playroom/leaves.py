"""Every page of a piece: its address on the site, the name of its file in a pack, and what its template is told."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.urls import reverse

from panoh.ground.languages.public import may_show, word

from . import queries, shapes
from .queries import Told

HELP = ("play.report", "play.danger")


@dataclass(frozen=True)
class Leaf:
    """``name`` is relative to the folder of the piece."""

    address: str
    name: str
    template: str
    said: dict[str, Any] = field(default_factory=dict)


def question(quiz: Told, n: int, chosen: str) -> dict[str, Any]:
    """What the page of question ``n`` (from 1) says; ``chosen`` that is no choice of it is no answer. Raises 404."""
    rows = quiz.rows
    if not 1 <= n <= len(rows):
        raise Http404
    row = rows[n - 1]
    choices = row.get("choices") or shapes.RIGHTS
    chosen = chosen if chosen in choices else ""
    return {"row": row, "n": n, "many": len(rows), "choices": choices, "chosen": chosen}


def closing(told: Told, row: dict[str, Any] | None = None) -> tuple[str, ...]:
    """What stands at each end: tell, leave, write to a person, and what to do where there is danger now.

    The last two are the centre's own, the same everywhere, and each waits for its reviewer.
    """
    said = row["told"] if row else told.words
    own = [str(said[name]) for name in shapes.CLOSING if said.get(name)]
    return (*own, *(word(code, told.language) for code in HELP if may_show(code, told.language)))


def lesson(course: Told, code: str) -> dict[str, Any]:
    """A lesson with its neighbours and the pieces it names, those that may be shown. Raises 404."""
    codes = course.piece.codes
    if code not in codes:
        raise Http404
    at = codes.index(code)
    row = course.row(code)
    linked = [found for name in row["pieces"] if (found := _linked(name, course.language))]
    around = {"before": codes[at - 1] if at else "", "after": codes[at + 1] if at + 1 < len(codes) else ""}
    return {"lesson": row, "n": at + 1, "linked": linked, **around}


def _linked(name: str, language: str) -> tuple[Told, str] | None:
    """A piece that a lesson names, and the row in it that is meant, "" for the whole; None where it is not shown."""
    place, _, code = name.partition("#")
    kind, _, slug = place.partition("/")
    try:
        return queries.told_for(kind, slug, language), code
    except Http404:
        return None


def name_of(told: Told, code: str) -> str:
    """What a lesson calls a piece: with the name of the one row that is meant, where it has one."""
    row = str(told.row(code)["told"].get("title", "")) if code else ""
    return f"{told.title}: {row}" if row else told.title


def linked_pieces(course: Told) -> list[Told]:
    """Each piece that the lessons of a path name, once, in their order."""
    found = [one for code in course.piece.codes for one, _code in lesson(course, code)["linked"]]
    return list({(one.kind, one.slug): one for one in found}.values())


def leaves(told: Told) -> Iterator[Leaf]:
    """The first is where the piece begins."""
    yield Leaf(reverse("play:piece", args=[told.kind, told.slug]), "index.html", f"playroom/{told.kind}.html")
    if told.kind == "stories":
        for row in told.rows:
            address = reverse("play:scene", args=[told.slug, row["code"]])
            yield Leaf(address, f"scene-{row['code']}.html", "playroom/scene.html", {"scene": row})
    elif told.kind == "quizzes":
        yield from _questions(told)
    elif told.kind == "workbook":
        yield Leaf(reverse("play:guide", args=[told.slug]), "guide.html", "playroom/guide.html")
    elif told.kind == "paths":
        for code in told.piece.codes:
            address = reverse("play:lesson", args=[told.slug, code])
            yield Leaf(address, f"lesson-{code}.html", "playroom/lesson.html", lesson(told, code))


def _questions(quiz: Told) -> Iterator[Leaf]:
    """Each question, and one page more for each answer to it: a static page cannot look at ``?a=``."""
    for n in range(1, len(quiz.rows) + 1):
        address = reverse("play:item", args=[quiz.slug, n])
        asked = question(quiz, n, "")
        yield Leaf(address, f"question-{n}.html", "playroom/item.html", asked)
        for choice in asked["choices"]:
            said = {**asked, "chosen": choice}
            yield Leaf(f"{address}?a={choice}", f"question-{n}-{choice}.html", "playroom/item.html", said)
