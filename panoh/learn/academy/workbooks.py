"""The first sheet of an .xlsx file as a table, and a table as such a file. Pure of Django."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

MOST_ROWS = 5000
MOST_COLUMNS = 40
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_UNPACKED = 50_000_000


def is_workbook(data: bytes) -> bool:
    return data.startswith(b"PK")


def read(data: bytes, *, columns: int = MOST_COLUMNS) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Head and rows with their number in the sheet. Raises ``ValueError`` for what is no workbook or too big."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise ValueError("too big")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        lines = [
            [_said(cell) for cell in row]
            for row in islice(sheet.iter_rows(values_only=True, max_col=columns), MOST_ROWS)
        ]
    except (zipfile.BadZipFile, KeyError, IndexError, OSError, TypeError) as error:
        raise ValueError(str(error)) from None
    if not lines or not any(lines[0]):
        raise ValueError("no head")
    return lines[0], [(at, cells) for at, cells in enumerate(lines[1:], 2) if any(cells)]


def _said(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def written(head: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """The bytes of a file with one sheet. A text stays a text, whatever it begins with: nothing is run as a formula."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for row in [head, *rows]:
        sheet.append([_cell(sheet, one) for one in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, said: object) -> Any:
    if not isinstance(said, str):
        return said
    cell = WriteOnlyCell(sheet, ILLEGAL_CHARACTERS_RE.sub("", said))
    cell.data_type = "s"
    return cell
