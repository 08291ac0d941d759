"""What is tied to a case, each with its own page for whoever may open it there; the room above knows who that is."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from panoh.ground.accounts.public import User

from ..models import Case, Link

Readable = Callable[[User, list[str]], list[str]]
_pages: dict[str, tuple[str, Readable]] = {}


@dataclass(frozen=True, slots=True)
class Tied:
    """``address`` is empty for who may not open it."""

    link: Link
    address: str


def register_page(kind: str, page: str, readable: Readable) -> None:
    """Say at the start where things of a kind stand, and which of several references a person may open there."""
    _pages[kind] = (page, readable)


def tied_to(user: User, case: Case) -> list[Tied]:
    links = list(case.links.order_by("at"))
    return [Tied(link, address) for link, address in zip(links, _addresses(user, links), strict=True)]


def _addresses(user: User, links: list[Link]) -> list[str]:
    found: dict[tuple[str, str], str] = {}
    for kind, (page, readable) in _pages.items():
        named = [link.reference for link in links if link.kind == kind]
        found |= {(kind, reference): reverse(page, args=[reference]) for reference in readable(user, named) if named}
    return [found.get((link.kind, link.reference), "") for link in links]
