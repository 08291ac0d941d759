"""Rooms put their rows into the index and take them out; nothing else writes here."""

from collections.abc import Callable, Iterable

from django.db import transaction

from . import sources
from .models import Entry
from .sources import Row
from .terms import indexed


@transaction.atomic
def index(row: Row) -> Entry:
    """Write or replace the entry of a thing in one language, in the caller's transaction."""
    entry, _is_new = Entry.objects.update_or_create(
        room=row.room,
        thing=row.thing,
        language=row.language,
        defaults={
            "kind": row.kind,
            "title": row.title,
            "url": row.url,
            "folded_title": indexed(row.title),
            "folded": indexed(f"{row.title} {row.text}"),
        },
    )
    return entry


@transaction.atomic
def remove(room: str, thing: str, language: str = "") -> int:
    """Take a thing out, in one language or in all; how many entries went."""
    entries = Entry.objects.filter(room=room, thing=thing)
    if language:
        entries = entries.filter(language=language)
    return entries.delete()[0]


@transaction.atomic
def rebuild(room: str) -> int:
    """Index anew everything the room offers now; how many entries it has after."""
    Entry.objects.filter(room=room).delete()
    return len([index(row) for row in sources.rows_of(room)])


def register(room: str, rows: Callable[[], Iterable[Row]]) -> None:
    """A room says where its rows come from; called in its ``AppConfig.ready()``."""
    sources.add(room, rows)
