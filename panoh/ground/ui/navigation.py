"""The desk's menu. Rooms add their places in ``apps.ready()``, so that the frame need not know who stands above it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse


@dataclass(frozen=True)
class Place:
    label: Any
    url_name: str
    roles: tuple[str, ...]
    order: int
    icon: str
    slug: str


@dataclass(frozen=True)
class Entry:
    label: str
    url: str
    icon: str
    slug: str
    is_current: bool


_places: dict[str, Place] = {}


def register(
    label: Any, url_name: str, roles: Iterable[str] = (), order: int = 50, *, icon: str = "dot", slug: str = ""
) -> None:
    """Add a place to the menu; without ``roles`` every member of staff sees it. ``slug`` names its counter."""
    slug = slug or url_name.replace(":", "-")
    _places[url_name] = Place(label, url_name, tuple(roles), order, icon, slug)


def entries(user: Any, path: str) -> list[Entry]:
    """The menu of ``user``; the longest address that ``path`` begins with is where they are."""
    if not getattr(user, "is_authenticated", False):
        return []
    open_places = [place for place in _places.values() if not place.roles or user.has_role(*place.roles)]
    found = [(place, url) for place in sorted(open_places, key=lambda p: p.order) if (url := _address(place))]
    here = max((url for _, url in found if path.startswith(url)), key=len, default="")
    return [Entry(str(place.label), url, place.icon, place.slug, url == here) for place, url in found]


def _address(place: Place) -> str:
    try:
        return reverse(place.url_name)
    except NoReverseMatch:
        return ""
