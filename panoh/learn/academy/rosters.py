"""A list of people to invite, as offices keep it: which column is what, and what a row says. Pure of Django."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

MOST_ROWS = 2000
# How a column may be headed, in small letters.
HEADS = {
    "name": {"name", "full name", "ism", "f.i.sh.", "f.i.sh", "fish", "ism familiya", "имя", "фио", "ф.и.о.", "ati"},
    "address": {"e-mail", "email", "mail", "pochta", "elektron pochta", "почта", "эл. почта", "электронная почта"},
    "region": {"region", "viloyat", "hudud", "область", "регион", "wálayat"},
    "district": {"district", "tuman", "tuman (shahar)", "район", "rayon"},
}


class NoAddressesError(ValueError):
    """No column of the table holds e-mail addresses."""


@dataclass(frozen=True)
class Row:
    line: int
    name: str
    address: str
    region: str
    district: str


def read(head: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]) -> Iterator[Row]:
    """Raises ``NoAddressesError``."""
    places = {name: _place(head, known) for name, known in HEADS.items()}
    if places["address"] is None:
        raise NoAddressesError
    for line, cells in rows[:MOST_ROWS]:
        said = {name: cells[at].strip() if at is not None else "" for name, at in places.items()}
        yield Row(line, **said)


def _place(head: Sequence[str], known: set[str]) -> int | None:
    return next((at for at, name in enumerate(head) if name.strip().casefold() in known), None)


def code_of(said: str, codes: Sequence[str], spellings: Callable[[str], set[str]]) -> str:
    """The code of a place that a row names in any spelling; empty when it names none."""
    wanted = said.strip().casefold()
    if not wanted:
        return ""
    return next((code for code in codes if wanted in {one.casefold() for one in spellings(code)}), "")
