"""Sheets for pages and for the index."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any, NamedTuple

from django.db import connection
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import override

from panoh.ground.search import public as search

from .. import policy, recordings
from ..models import Kind, Sheet
from ..scripts import CODES
from ..tree import AUDIENCES
from .alternates import LISTS, PAGES, languages_with

RELATED = 4
SHOWN = 30
# Asked for every page that is made: as SQL it takes a tenth of the time the query builder does.
EDITION = f"select max(published_at), count(*) from {Sheet._meta.db_table}"  # noqa: S608 (the name of our own table)
FILES = {"token", "formats", *recordings.NAMED}  # their names in ``data``
UNTOLD = {"confirm", "sources", *CODES}  # what stands in ``data`` for us, not for readers
FIRST_HELP = ("something-bad-online", "somebody-threatens-me", "they-are-unkind-to-me", "pictures-and-pressure")


def sheet_for(slug: str, language: str, kind: str = Kind.GUIDANCE) -> Sheet:
    """The gate to one page: what is not there and what may not be read look the same.

    One small query asks which edition stands; the sheet is kept in memory as long as it does: see ``edition_at``.
    """
    now = edition()
    found = _sheet(slug, language, str(kind), now)
    if found is None or not policy.may_read(found.kind, found.audience, found.reviewed_by):
        raise Http404
    sheet = copy(found)
    sheet.edition_read = now  # type: ignore[attr-defined]
    return sheet


@lru_cache(maxsize=128)
def _sheet(slug: str, language: str, kind: str, _edition: str) -> Sheet | None:
    return policy.shown_today(Sheet.objects.filter(language=language, kind=kind, code=slug)).first()


def edition_at(sheet: Sheet) -> str:
    """The edition as it stood when ``sheet_for`` read this sheet, without another query."""
    return str(sheet.edition_read)  # type: ignore[attr-defined]


def languages_of(slug: str, kind: str = Kind.GUIDANCE) -> list[str]:
    """Where else a page can be read, in the order of the switch."""
    return languages_with(edition(), kind, slug)


class Listed(NamedTuple):
    """A sheet without its long texts, as lists show it."""

    code: str
    kind: str
    audience: str
    title: str
    summary: str
    quiet: bool
    data: dict[str, Any]
    reviewed_by: str


def listed(language: str, kind: str, now: str = "") -> list[Listed]:
    """What a reader of this language may choose from, in its order; ``now`` is the edition, if it is known already."""
    rows = _catalogue(language, now or edition()).get(kind, [])
    return [row for row in rows if policy.may_read(row.kind, row.audience, row.reviewed_by)]


@lru_cache(maxsize=16)
def _catalogue(language: str, _edition: str) -> dict[str, list[Listed]]:
    """By kind, read at once and once for each edition: it is the same for every reader."""
    held: dict[str, list[Listed]] = {}
    shown = policy.shown_today(Sheet.objects.filter(language=language)).order_by("position", "pk")
    for row in shown.values_list(*Listed._fields):
        held.setdefault(row[1], []).append(Listed(*row))
    return held


def hub(language: str, audience: str, age: str = "", now: str = "") -> list[Listed]:
    """The pages of an audience in their order; with ``age`` those meant for it."""
    sheets = [sheet for sheet in listed(language, Kind.GUIDANCE, now) if sheet.audience == audience]
    return [sheet for sheet in sheets if not age or age in sheet.data.get("ages", [])]


def related(sheet: Sheet, now: str = "") -> list[Listed]:
    """Other pages for the same reader: those about the same risk first."""
    risks = set(sheet.data.get("risks", []))
    others = [one for one in hub(sheet.language, sheet.audience, now=now) if one.code != sheet.code]
    others.sort(key=lambda one: -len(risks & set(one.data.get("risks", []))))
    return others[:RELATED]


def first_help(language: str, now: str = "") -> list[Listed]:
    """What a child in trouble looks for, on the front page."""
    held = {sheet.code: sheet for sheet in listed(language, Kind.GUIDANCE, now)}
    return [held[code] for code in FIRST_HELP if code in held]


def audiences_here(language: str, now: str = "") -> list[str]:
    """Audiences with at least one page to read."""
    with_pages = {sheet.audience for sheet in listed(language, Kind.GUIDANCE, now)}
    return [audience for audience in AUDIENCES if audience in with_pages]


def questions(language: str, audience: str = "", now: str = "") -> list[Listed]:
    found = listed(language, Kind.QUESTION, now)
    return [one for one in found if not audience or audience in one.data.get("audiences", [])]


def edition() -> str:
    """Names what is published now; another text as soon as anything is published or taken away.

    The day is part of it: at midnight an alert is over and a campaign begins.
    """
    with connection.cursor() as cursor:
        cursor.execute(EDITION)
        last, many = cursor.fetchone()
    return f"{last}/{many}/{timezone.localdate()}"


# --- the index -----------------------------------------------------------------------------------------------------


def thing_of(sheet: Sheet) -> str:
    return f"{sheet.kind}:{sheet.code}"[:64]


def address_of(sheet: Sheet) -> str:
    """Where a sheet is read, in its own language."""
    with override(sheet.language):
        kind = Kind(sheet.kind)
        if kind in PAGES:
            return reverse(f"portal:{PAGES[kind]}", kwargs={"slug": sheet.code})
        return f"{reverse(f'portal:{LISTS[kind]}')}#{sheet.code}"


def search_row(sheet: Sheet) -> search.Row:
    told = " ".join(_strings({name: held for name, held in sheet.data.items() if name not in UNTOLD}))
    text = " ".join(unescape(f"{told} {strip_tags(sheet.body)} {strip_tags(sheet.easy)}").split())
    return search.Row(
        "portal", thing_of(sheet), sheet.kind, sheet.language, sheet.title[:200], text, address_of(sheet), sheet.summary
    )


def search_rows() -> Iterator[search.Row]:
    for sheet in Sheet.objects.iterator():
        yield search_row(sheet)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, one in value.items():
            if name not in FILES:
                yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


@dataclass(frozen=True)
class Answer:
    """One hit of the search as the street sees it; ``snippet`` is safe HTML with the words marked."""

    title: str
    snippet: SafeString
    url: str
    kind: str


_others: list[str] = []


def find_also(room: str) -> None:
    """Let the street's search find rows of another room, all of which the street may read."""
    if room not in _others:
        _others.append(room)


class Answered(NamedTuple):
    """``meant`` is the question with its slips mended, "" when it has none."""

    answers: list[Answer]
    meant: str


def answers(text: str, language: str) -> Answered:
    """What the index knows, in the reader's language, without what may not be read there."""
    looked = search.look(text, language, rooms=["portal", *_others], at_most=SHOWN)
    codes = {one.thing.partition(":")[2] for one in looked.found if one.room == "portal"}
    sheets = policy.readable_sheets(language).filter(code__in=codes).only("kind", "code") if codes else []
    readable = {thing_of(sheet) for sheet in sheets}
    shown = [one for one in looked.found if one.thing in readable or one.room in _others]
    found = [Answer(one.title, one.snippet, one.url, one.kind) for one in shown]
    return Answered(found, looked.meant if found else "")
