"""What stands in each pack in one language."""

from typing import NamedTuple

from django.conf import settings
from django.http import Http404

from .. import policy
from ..models import Sheet
from ..packs import Pack, packs_of
from .sheets import Listed, edition, listed


class Shelf(NamedTuple):
    """A pack and the pages it holds for a reader of this language."""

    pack: Pack
    pages: list[Listed]


def shelves(language: str, now: str = "") -> list[Shelf]:
    """Packs with something in them, in the order of their file."""
    now = now or edition()
    found = [Shelf(pack, _pages(pack, language, now)) for pack in packs_of(settings.CONTENT_DIR, now)]
    return [shelf for shelf in found if shelf.pages]


def _pages(pack: Pack, language: str, now: str) -> list[Listed]:
    return [
        one
        for kind in pack.kinds
        for one in listed(language, kind, now)
        if pack.holds(one.kind, one.audience, one.data, one.quiet)
    ]


def shelf_for(code: str, language: str, now: str = "") -> Shelf:
    """The gate to one pack: one that is empty here and one that there is not look the same."""
    for shelf in shelves(language, now):
        if shelf.pack.code == code:
            return shelf
    raise Http404


def languages_of_pack(code: str, now: str) -> list[str]:
    """Where else it has something in it, in the order of the switch."""
    return [
        language
        for language, _name in settings.LANGUAGES
        if any(shelf.pack.code == code for shelf in shelves(language, now))
    ]


def pages_of(shelf: Shelf, language: str) -> list[Sheet]:
    """The pages whole, in the order of the pack."""
    order = {(one.kind, one.code): place for place, one in enumerate(shelf.pages)}
    rows = policy.readable_sheets(language).filter(
        kind__in=shelf.pack.kinds, code__in=[one.code for one in shelf.pages]
    )
    return sorted((one for one in rows if (one.kind, one.code) in order), key=lambda one: order[one.kind, one.code])
