"""The self-review in the reader's language, and what the desk sees of the totals that schools sent."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.languages.public import to_script
from panoh.ground.places import public as places

from .. import policy
from ..school_review import HIGHEST, Area, Item, Review, read

WRITTEN = ("uz", "ru", "en")
FEWEST = 5  # fewer schools than this are never shown by themselves


class Overview(NamedTuple):
    """A line of the desk's table: how many schools, and of each area the mean share of its points in per cent."""

    name: str
    schools: int
    shares: list[int]


def review_in(language: str) -> Review | None:
    """The statements in this language or script; None where nobody has written them."""
    if language == "uz-cyrl":
        return _cyrillic(_read(settings.CONTENT_DIR, "uz"))
    return _read(settings.CONTENT_DIR, language) if language in WRITTEN else None


def readable_languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES if code == "uz-cyrl" or code in WRITTEN]


@cache
def _read(folder: Path, language: str) -> Review:
    return read(Path(folder), language)


@cache
def _cyrillic_of(text: str) -> str:
    return to_script(text, "uz-cyrl")


def _cyrillic(review: Review) -> Review:
    turn = _cyrillic_of
    areas = tuple(Area(a.code, turn(a.title), tuple(_item(item) for item in a.items)) for a in review.areas)
    return Review(
        review.edition,
        areas,
        {code: turn(text) for code, text in review.words.items()},
        {number: turn(name) for number, name in review.months.items()},
        {code: turn(name) for code, name in review.people.items()},
    )


def _item(item: Item) -> Item:
    return item._replace(text=_cyrillic_of(item.text), levels=tuple(map(_cyrillic_of, item.levels)))


# --- the desk --------------------------------------------------------------------------------------------------------


def years(user: User) -> list[int]:
    found = policy.visible_reviews(user).values_list("year", flat=True).distinct().order_by("-year")
    return list(found)


def overview(user: User, year: int, language: str) -> list[Overview]:
    """By region. Regions with fewer than ``FEWEST`` schools stand together, and not at all if that is still too few.

    The last line is the sum of what is shown, so that nothing hidden can be worked out from it.
    """
    rows: dict[str, list[dict[str, int]]] = defaultdict(list)
    for region, points in policy.visible_reviews(user).filter(year=year).values_list("region", "scores"):
        rows[region].append(points)
    large = {code: found for code, found in rows.items() if len(found) >= FEWEST}
    small = [one for code, found in rows.items() if code not in large for one in found]
    lines = sorted((_line(places.region_name(code, language), found) for code, found in large.items()))
    if len(small) >= FEWEST:
        lines.append(_line(_("Regions with few schools, together"), small))
    shown = [one for found in large.values() for one in found] + (small if len(small) >= FEWEST else [])
    return [*lines, _line(_("All shown here"), shown)] if lines else []


def _line(name: str, found: Iterable[dict[str, int]]) -> Overview:
    found = list(found)
    review = _read(settings.CONTENT_DIR, "uz")
    sums: Counter[str] = Counter()
    for one in found:
        sums.update(one)
    shares = [round(100 * sums[area.code] / (len(found) * HIGHEST * len(area.items))) for area in review.areas]
    return Overview(name, len(found), shares)
