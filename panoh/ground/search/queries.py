"""Finding things by the beginnings of their words, in any script and spelling."""

from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import BooleanField, Case, Q, Value, When

from .models import Entry
from .terms import asked

MOST = 50


class Found(NamedTuple):
    """One hit; ``thing`` is the reference its room knows."""

    room: str
    thing: str
    kind: str
    language: str
    title: str
    url: str


def find(text: str, language: str = "", kinds: Iterable[str] = (), *, at_most: int = MOST) -> list[Found]:
    """Things that hold a word beginning with each word of ``text``; those whose title does so first."""
    words = asked(text)
    if not words:
        return []
    in_title, anywhere = Q(), Q()
    for word in words:
        in_title &= Q(folded_title__contains=f" {word}")
        anywhere &= Q(folded__contains=f" {word}")
    entries = Entry.objects.filter(anywhere)
    if language:
        entries = entries.filter(language=language)
    if wanted := list(kinds):
        entries = entries.filter(kind__in=wanted)
    ranked = entries.annotate(
        is_titled=Case(When(in_title, then=Value(True)), default=Value(False), output_field=BooleanField())
    )
    rows = ranked.order_by("-is_titled", "title", "pk")[:at_most]
    return [Found(row.room, row.thing, row.kind, row.language, row.title, row.url) for row in rows]
