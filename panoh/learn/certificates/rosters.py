"""A roster as offices write it: a CSV or XLSX table with a head. Pure of Django and of the database."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import openpyxl

MOST_ROWS = 2000
BIGGEST_UNPACKED = 20_000_000  # an XLSX is a ZIP: what it unpacks to is asked before it is
COLUMNS = {
    "latin": ("name", "latin", "fio", "f.i.sh", "ism", "familiya ism", "имя латиницей"),
    "cyrillic": ("cyrillic", "kirill", "фио", "ф.и.ш", "имя", "имя кириллицей"),
    "id": ("id", "number", "raqam", "№", "номер", "person"),
}


class Row(NamedTuple):
    """``line`` counts from 1, the head among them; ``id`` tells two people of one name apart, and may be empty."""

    line: int
    latin: str
    cyrillic: str
    id: str


class RosterError(ValueError):
    """``code``: no_table, no_names, too_many."""


def read_roster(data: bytes) -> list[Row]:
    """The rows of a file. Raises ``RosterError``."""
    rows = _xlsx(data) if data.startswith(b"PK") else _csv(data)
    try:
        _line, head = next(rows)
        where = _columns(head)
        found = [Row(line, *(_cell(cells, where.get(name)) for name in COLUMNS)) for line, cells in rows if any(cells)]
    except StopIteration:
        raise RosterError("no_table") from None
    if not found:
        raise RosterError("no_table")
    if len(found) > MOST_ROWS:
        raise RosterError("too_many")
    return found


def _columns(head: Sequence[str]) -> dict[str, int]:
    names = [cell.strip().lower() for cell in head]
    found = {what: names.index(said) for what, ways in COLUMNS.items() for said in reversed(ways) if said in names}
    if "latin" not in found:
        raise RosterError("no_names")
    return found


def _cell(cells: Sequence[str], at: int | None) -> str:
    return cells[at].strip() if at is not None and at < len(cells) else ""


def _csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1251", "replace")  # as the offices' old Windows saves it
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text), delimiter=max(",;\t", key=first.count))
    try:
        yield from enumerate(reader, 1)
    except csv.Error:
        raise RosterError("no_table") from None


def _xlsx(data: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > BIGGEST_UNPACKED:
                raise RosterError("too_many")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        rows: Iterable[tuple[object, ...]] = book.worksheets[0].iter_rows(values_only=True)
        yield from ((line, ["" if one is None else str(one) for one in cells]) for line, cells in enumerate(rows, 1))
    except (zipfile.BadZipFile, KeyError, IndexError, OSError):
        raise RosterError("no_table") from None
