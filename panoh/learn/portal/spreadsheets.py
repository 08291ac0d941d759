"""Tables as CSV, the way people's programs write and read them. Pure of Django."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

# A cell that begins so is run as a formula by the programs people open such files with.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
DELIMITERS = ",;\t"
MOST_COLUMNS = 40


class Table(NamedTuple):
    """``rows`` are (line in the file, cells); a row has as many cells as the head. Empty lines are left out."""

    head: list[str]
    rows: list[tuple[int, list[str]]]


def written(head: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """The text of a CSV file; it begins with the mark by which spreadsheets know that it is UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_harmless(cell) for cell in head])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _harmless(cell: object) -> object:
    """A number stays one; a text that a spreadsheet would run is quoted away."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def decoded(data: bytes) -> str:
    """The text of a file as offices here save it: UTF-8, or the old Cyrillic of Windows. Raises ``ValueError``."""
    if b"\x00" in data:
        raise ValueError("not a text file")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1251")
    return "\n".join(text.splitlines()).strip("\n")


def table_of(text: str, *, columns: int = MOST_COLUMNS) -> Table:
    """Reads the table. Raises ``ValueError`` for a file without a head, or one that is no table."""
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    try:
        head = [cell.strip() for cell in next(reader, [])]
        if not any(head) or len(head) > columns:
            raise ValueError("no head")
        return Table(head, list(_rows(reader, len(head))))
    except csv.Error as error:
        raise ValueError(str(error)) from None


def _rows(reader: Any, width: int) -> Iterable[tuple[int, list[str]]]:
    line = reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield line, [cell.strip() for cell in [*cells, *[""] * width][: max(width, len(cells))]]
        line = reader.line_num + 1
