"""The map of the site for search engines: every page that may be found that way, never one about trouble."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from ..models import Kind
from ..tree import AUDIENCES
from . import reviews
from .alternates import LISTS, PAGES, languages_for, languages_with, standing

ALL_LISTS = {
    **LISTS,
    Kind.TOOL: "tools",
    Kind.CHECKLIST: "checklists",
    Kind.NEWS: "news",
    Kind.CAMPAIGN: "campaigns",
    Kind.OPPORTUNITY: "opportunities",
    Kind.RESOURCE: "resources",
    Kind.ALBUM: "albums",
}


class Place(NamedTuple):
    """One address, the languages it stands in, and the day it changed (None: with any publishing)."""

    path: str
    readable: list[str]
    changed: date | None


@lru_cache(maxsize=16)
def places(now: str, today: date, language: str, _production: bool) -> tuple[Place, ...]:
    """What a language has at this edition and on this day, in the order of the site."""
    with override(language):
        return tuple(place for place in _places(now, today, language) if language in place.readable)


def _places(now: str, today: date, language: str) -> Iterator[Place]:
    yield Place(reverse("portal:home"), list(dict(settings.LANGUAGES)), None)
    for audience in AUDIENCES:
        yield Place(reverse("portal:hub", args=[audience]), languages_for(now, audience), None)
    for kind, name in ALL_LISTS.items():
        yield Place(reverse(f"portal:{name}"), languages_with(now, kind), None)
    yield Place(reverse("portal:partners"), list(dict(settings.LANGUAGES)), None)
    yield Place(reverse("portal:school_review"), reviews.readable_languages(), None)
    for one in standing(now, today):
        if one.language == language and one.kind in PAGES and not one.quiet:
            path = reverse(f"portal:{PAGES[Kind(one.kind)]}", args=[one.code])
            yield Place(path, languages_with(now, one.kind, one.code), timezone.localdate(one.published_at))
