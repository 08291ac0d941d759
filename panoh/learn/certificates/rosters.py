"""A roster as offices write it: a CSV or XLSX table with a head. Pure of Django and of the database.

Nothing of a file is believed: what it unpacks to is asked before it is unpacked, blank rows without end are left after
a while, and a head may stand below a title.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

import openpyxl

MOST_ROWS = 2000
MOST_COLUMNS = 40
MOST_BLANK = 300  # one after the other: the list is over
LONGEST_CELL = 200
HEAD_WITHIN = 10  # rows, titles above it among them
BIGGEST_UNPACKED = 60_000_000
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
COLUMNS = {
    "latin": ("name", "latin", "full name", "fio", "f.i.sh", "f.i.sh.", "ism", "familiya ism", "имя латиницей", "ati"),
    "cyrillic": ("cyrillic", "kirill", "фио", "ф.и.о.", "ф.и.ш", "ф.и.ш.", "имя", "исм", "имя кириллицей"),
    "id": ("id", "number", "raqam", "№", "номер", "person", "t/r"),
}


class Row(NamedTuple):
    """``line`` counts from 1, as the office's program shows it; ``id`` tells two people of one name apart."""

    line: int
    latin: str
    cyrillic: str
    id: str


class Read(NamedTuple):
    """``notes``: "merged", "formulas", "blank_end"; ``unused``: heads of columns that say nothing to us."""

    rows: list[Row]
    notes: list[str]
    unused: list[str]


class RosterError(ValueError):
    """``code``: no_table, no_names, too_many, too_big, old_excel; ``heads`` are those that were found instead."""

    def __init__(self, code: str, heads: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code, self.heads = code, list(heads)


def read_roster(data: bytes) -> Read:
    """The rows of a file. Raises ``RosterError``."""
    if data.startswith(OLD_EXCEL):
        raise RosterError("old_excel")
    notes: list[str] = []
    lines = _until_it_ends(_xlsx(data, notes) if data.startswith(b"PK") else _csv(data), notes)
    head, where = _head(lines)
    found = [Row(line, *(_at(cells, where.get(name)) for name in COLUMNS)) for line, cells in lines]
    if not found:
        raise RosterError("no_table")
    if len(found) > MOST_ROWS:
        raise RosterError("too_many")
    unused = [said for at, said in enumerate(head) if said and at not in where.values()]
    return Read(found, notes, unused[:10])


def _until_it_ends(rows: Iterable[tuple[int, Sequence[Any]]], notes: list[str]) -> Iterator[tuple[int, list[str]]]:
    blank = taken = 0
    for line, cells in rows:
        said = [as_text(cell) for cell in cells[:MOST_COLUMNS]]
        if not any(said):
            blank += 1
            if blank > MOST_BLANK:
                notes.append("blank_end")
                return
            continue
        blank, taken = 0, taken + 1
        if taken > MOST_ROWS + HEAD_WITHIN:
            raise RosterError("too_many")
        yield line, said


def _head(lines: Iterator[tuple[int, list[str]]]) -> tuple[list[str], dict[str, int]]:
    first: list[str] = []
    for (_line, head), _number in zip(lines, range(HEAD_WITHIN), strict=False):
        first = first or head
        names = [cell.casefold() for cell in head]
        found = {what: names.index(said) for what, ways in COLUMNS.items() for said in reversed(ways) if said in names}
        if "latin" in found or "cyrillic" in found:
            return head, found
    raise RosterError("no_names" if first else "no_table", [said for said in first if said][:6])


def _at(cells: Sequence[str], at: int | None) -> str:
    return cells[at] if at is not None and at < len(cells) else ""


def as_text(cell: Any) -> str:
    """As a person would type it: days as ISO, whole numbers without their point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).replace("\u200b", "").replace("\x00", "").split())[:LONGEST_CELL]


def _csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _decoded(data)
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        yield from enumerate(reader, 1)
    except csv.Error:
        raise RosterError("no_table") from None


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace")  # as the offices' old Windows saves it


def _xlsx(data: bytes, notes: list[str]) -> Iterator[tuple[int, Sequence[Any]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > BIGGEST_UNPACKED:
                raise RosterError("too_big")
            notes += _notes(packed)
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what a file says of its own size hides the rows below it
        yield from enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1)
    except (zipfile.BadZipFile, KeyError, IndexError, OSError, TypeError, SyntaxError, EOFError):
        raise RosterError("no_table") from None


def _notes(packed: zipfile.ZipFile) -> list[str]:
    """A formula is taken by the value that was saved with it; of merged cells only the first has the text."""
    sheets = sorted(name for name in packed.namelist() if name.startswith("xl/worksheets/sheet"))
    with packed.open(sheets[0]) as sheet:
        whole = sheet.read(BIGGEST_UNPACKED)
    signs = {"merged": (b"<mergeCell ",), "formulas": (b"<f>", b"<f ")}
    return [note for note, written in signs.items() if any(one in whole for one in written)]
