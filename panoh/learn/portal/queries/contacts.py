"""Whom a reader of a page can call. Read anew for every page: what has expired is gone by itself."""

from django.conf import settings

from panoh.ground.organisations import public as organisations
from panoh.ground.organisations.public import Reader, ShownNumber

READERS = {
    "children": Reader.CHILD,
    "parents": Reader.PARENT,
    "educators": Reader.PROFESSIONAL,
    "professionals": Reader.PROFESSIONAL,
}


def contacts(language: str, audience: str) -> list[ShownNumber]:
    """Numbers fit for an audience; companies and ministries read about children, they are not looking for help.

    The ground sees to it that an emergency number stays: the last one is shown with its age rather than hidden.
    """
    if audience not in READERS or language not in dict(settings.LANGUAGES):
        return []
    return organisations.numbers_to_call(language, reader=READERS[audience])
