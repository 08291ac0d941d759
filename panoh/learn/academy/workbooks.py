"""The first sheet of an .xlsx file as a table. Pure of Django."""

import io
import zipfile
from itertools import islice
from typing import Any

import openpyxl

MOST_ROWS = 5000
MOST_COLUMNS = 40
MOST_UNPACKED = 50_000_000


def is_workbook(data: bytes) -> bool:
    return data.startswith(b"PK")


def read(data: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """Head and rows with their number in the sheet. Raises ``ValueError`` for what is no workbook or too big."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_UNPACKED:
                raise ValueError("too big")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        lines = [
            [_said(cell) for cell in row]
            for row in islice(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), MOST_ROWS)
        ]
    except (zipfile.BadZipFile, KeyError, IndexError, OSError, TypeError) as error:
        raise ValueError(str(error)) from None
    if not lines or not any(lines[0]):
        raise ValueError("no head")
    return lines[0], [(at, cells) for at, cells in enumerate(lines[1:], 2) if any(cells)]


def _said(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()
