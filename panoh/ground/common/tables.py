"""Tables as offices keep them, CSV or XLSX, read into lines of text. Pure of Django.

Nothing of a file is believed: it is asked how much it unpacks to before it is unpacked, blank lines without end are
left after a while, a formula is taken by the value that was saved with it, and what is no table is said to be none.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

import openpyxl

MOST_ROWS = 20_000
MOST_COLUMNS = 60
MOST_UNPACKED = 80_000_000
MOST_BLANK = 2_000  # blank lines one after the other: the table is over
LONGEST_CELL = 500
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


class TableError(ValueError):
    """``code``: no_table, too_big, too_many, old_excel."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Line(NamedTuple):
    """A row as it stands in the file: its number there, counted from 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]


class Table(NamedTuple):
    """``notes``: "merged" (cells are merged: only the first of them has the text), "formulas", "blank_end"."""

    lines: list[Line]
    notes: frozenset[str]


def read_table(data: bytes) -> Table:
    """Every line that is not blank. Raises ``TableError``."""
    if data.startswith(OLD_EXCEL):
        raise TableError("old_excel")
    notes: set[str] = set()
    lines = list(_until_it_ends(_xlsx(data, notes) if data.startswith(b"PK") else _csv(data), notes))
    if not lines:
        raise TableError("no_table")
    return Table(lines, frozenset(notes))


def _until_it_ends(rows: Iterable[tuple[int, Sequence[Any]]], notes: set[str]) -> Iterator[Line]:
    blank = taken = 0
    for number, cells in rows:
        said = tuple(text(cell) for cell in cells[:MOST_COLUMNS])
        if not any(said):
            blank += 1
            if blank > MOST_BLANK:
                notes.add("blank_end")
                return
            continue
        blank, taken = 0, taken + 1
        if taken > MOST_ROWS + 1:
            raise TableError("too_many")
        yield Line(number, said)


def text(cell: Any) -> str:
    """A cell as a person would type it: days as ISO, whole numbers without their point, no sign that is not one."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(" ", "minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    said = " ".join(str(cell).replace("\u200b", "").replace("\ufeff", "").replace("\x00", "").split())
    return said[:LONGEST_CELL]


def _csv(data: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    said = _decoded(data)
    first = said.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(said, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        yield from enumerate(reader, 1)
    except csv.Error:
        raise TableError("no_table") from None


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1251", "replace")  # as the offices' old Windows saves it


def _xlsx(data: bytes, notes: set[str]) -> Iterator[tuple[int, Sequence[Any]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise TableError("too_big")
            sheets = [name for name in packed.namelist() if name.startswith("xl/worksheets/sheet")]
            first = packed.read(min(sheets)) if sheets else b""
        if b"<mergeCell " in first:
            notes.add("merged")
        if b"<f>" in first or b"<f " in first:
            notes.add("formulas")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        yield from enumerate(book.worksheets[0].iter_rows(values_only=True, max_col=MOST_COLUMNS), 1)
    except (zipfile.BadZipFile, KeyError, IndexError, OSError, TypeError, SyntaxError):
        raise TableError("no_table") from None
