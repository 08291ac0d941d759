"""How often what was played, as a table to take along. Pure of Django."""

import csv
import io
from collections.abc import Iterable, Sequence

import openpyxl

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run by the programs people open such files with
Cell = str | int


def written(form: str, head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """``csv`` or ``xlsx``. Raises ``KeyError`` for another form."""
    return FORMS[form](head, [[_harmless(cell) for cell in row] for row in rows])


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _csv(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """It begins with the mark by which spreadsheets know that it is UTF-8."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([head, *rows])
    return ("\ufeff" + out.getvalue()).encode()


def _xlsx(head: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    for row in (head, *rows):
        sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


FORMS = {"csv": _csv, "xlsx": _xlsx}
