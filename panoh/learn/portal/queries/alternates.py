"""Where else a thing can be read, for the head of a page and for the map of the site. Read once for each edition."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.utils import timezone

from .. import policy
from ..models import Kind, Sheet
from ..moved import moved

# Lists have an address of their own, and their things none.
LISTS = {Kind.QUESTION: "questions", Kind.TERM: "glossary", Kind.LAW: "laws", Kind.VOICE: "voices"}
PAGES = {Kind.GUIDANCE: "sheet", Kind.TOOL: "tool", Kind.CHECKLIST: "checklist", Kind.PAGE: "page"}
PAGES |= {Kind.NEWS: "news_post"}
PAGES |= {kind: str(kind) for kind in (Kind.ALERT, Kind.CAMPAIGN, Kind.OPPORTUNITY, Kind.RESOURCE, Kind.ALBUM)}
Thing = tuple[str, str]


class Standing(NamedTuple):
    """One sheet without its texts."""

    kind: str
    code: str
    language: str
    audience: str
    quiet: bool
    reviewed_by: str
    published_at: datetime
    shown_from: date | None
    shown_until: date | None

    def is_shown(self, today: date) -> bool:
        return (self.shown_from or today) <= today <= (self.shown_until or today)


@lru_cache(maxsize=2)
def _street(_edition: str) -> tuple[Standing, ...]:
    rows = (
        policy.shown_today(Sheet.objects.all())
        .order_by("kind", "audience", "position", "pk")
        .values_list(*Standing._fields)
    )
    return tuple(Standing(*row) for row in rows)


def standing(now: str, today: date) -> Iterator[Standing]:
    """What may be read at this edition on a day, in every language."""
    shown = (one for one in _street(now) if one.is_shown(today))
    return (one for one in shown if policy.may_read(one.kind, one.audience, one.reviewed_by))


@lru_cache(maxsize=4)
def _readable(now: str, today: date, _production: bool) -> dict[Thing, frozenset[str]]:
    """Kept apart for a demo and a production centre: what may be read differs."""
    held: dict[Thing, set[str]] = {}
    for one in standing(now, today):
        for thing in ((one.kind, one.code), (one.kind, ""), (one.kind, f"for:{one.audience}")):
            held.setdefault(thing, set()).add(one.language)
    return {thing: frozenset(languages) for thing, languages in held.items()}


def languages_with(now: str, kind: str, code: str = "") -> list[str]:
    """Languages and scripts in which a thing stands, in the order of the switch; without ``code`` any of its kind."""
    return _in_order(_readable(now, timezone.localdate(), settings.PRODUCTION).get((kind, code), frozenset()))


def moved_to(slug: str, now: str) -> str:
    """The name a page of guidance has today, "" if it never had this one."""
    return moved(settings.CONTENT_DIR, now).get(slug, "")


def languages_for(now: str, audience: str) -> list[str]:
    """Where an audience has a page to read."""
    return languages_with(now, Kind.GUIDANCE, f"for:{audience}")


def _in_order(held: Iterable[str]) -> list[str]:
    kept = set(held)
    return [language for language, _ in settings.LANGUAGES if language in kept]
