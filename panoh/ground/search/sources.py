"""Who offers rows to the index."""

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Row(NamedTuple):
    """What a room wants to be found by, in plain text. ``thing`` is a reference of that room, ``kind`` a short code."""

    room: str
    thing: str
    kind: str
    language: str
    title: str
    text: str
    url: str = ""
    summary: str = ""


_rows: dict[str, Callable[[], Iterable[Row]]] = {}


def add(room: str, rows: Callable[[], Iterable[Row]]) -> None:
    _rows[room] = rows


def rows_of(room: str) -> Iterable[Row]:
    """Raises ``KeyError`` for a room that never registered."""
    return _rows[room]()
