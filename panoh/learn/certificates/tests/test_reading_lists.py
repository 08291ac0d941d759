"""Lists as offices send them: what is odd is said, what is no list is refused, and nothing costs more than it may."""

import csv
import io
import time
import tracemalloc
import zipfile
from datetime import date
from typing import Any

import openpyxl
import pytest

from panoh.learn.certificates.rosters import MOST_ROWS, RosterError, read_roster

MOST_SECONDS, MOST_MEMORY = 10, 60_000_000


def workbook(*rows: list[Any], merged: str = "", blank: int = 0) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    if merged:
        sheet.merge_cells(merged)
    out = io.BytesIO()
    book.save(out)
    return with_blank_rows(out.getvalue(), len(rows), blank) if blank else out.getvalue()


def with_blank_rows(data: bytes, after: int, number: int) -> bytes:
    """Rows that were only coloured, as a spreadsheet saves them, and one more name below them all."""
    rows = "".join(f'<row r="{line}"><c r="A{line}" s="0"/></row>' for line in range(after + 1, after + number + 1))
    last = after + number + 1
    rows += f'<row r="{last}"><c r="A{last}" t="inlineStr"><is><t>Far Below</t></is></c></row>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name.startswith("xl/worksheets/"):
                text = text.replace(b"</sheetData>", f"{rows}</sheetData>".encode())
            new.writestr(name, text)
    return out.getvalue()


def refused(data: bytes) -> RosterError:
    with pytest.raises(RosterError) as caught:
        read_roster(data)
    return caught.value


def test_a_workbook_is_read_with_its_title_its_numbers_and_the_lines_people_see() -> None:
    data = workbook(
        ["Oʻquv roʻyxati", None, None], [], ["№", "F.I.Sh", "Telefon"], [1.0, "Aziz Karimov", "+998"], [2, "Ali", ""]
    )
    read = read_roster(data)
    assert [(row.line, row.latin, row.id) for row in read.rows] == [(4, "Aziz Karimov", "1"), (5, "Ali", "2")]
    assert read.unused == ["Telefon"]


def test_merged_cells_and_formulas_are_told_and_no_row_moves_up() -> None:
    merged = workbook(["name", "id"], ["Aziz Karimov", 1], [None, 2], ["Olim Aliyev", 3], merged="A2:A3")
    read = read_roster(merged)
    assert read.notes == ["merged"]
    assert [(row.latin, row.id) for row in read.rows] == [("Aziz Karimov", "1"), ("", "2"), ("Olim Aliyev", "3")]
    formulas = read_roster(workbook(["name", "id"], ['=CONCATENATE("Aziz"," Karimov")', 1]))
    assert formulas.notes == ["formulas"]
    assert formulas.rows[0].latin == ""  # nothing ever computed it, so there is no name to print


def test_a_day_in_the_column_of_names_is_read_as_a_day() -> None:
    read = read_roster(workbook(["name", "id"], [date(2026, 11, 1), 1], ["01.11.2026", 2]))
    assert [row.latin for row in read.rows] == ["2026-11-01", "01.11.2026"]


def test_two_hundred_thousand_blank_rows_cost_little_and_are_told() -> None:
    data = workbook(["name"], ["Aziz Karimov"], blank=200_000)
    tracemalloc.start()
    began = time.monotonic()
    read = read_roster(data)
    seconds, (_now, peak) = time.monotonic() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [row.latin for row in read.rows] == ["Aziz Karimov"]
    assert read.notes == ["blank_end"]
    assert seconds < MOST_SECONDS
    assert peak < MOST_MEMORY


def test_a_file_that_unpacks_to_too_much_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 61_000_000)
    assert refused(out.getvalue()).code == "too_big"


@pytest.mark.parametrize("data", [b"", b"name\n", b"PK\x03\x04junk", b"\n\n\n"])
def test_what_is_no_list_is_said_to_be_none(data: bytes) -> None:
    assert refused(data).code == "no_table"


def test_a_zip_that_is_no_workbook_is_no_list() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("a.txt", "name")
    assert refused(out.getvalue()).code == "no_table"


def test_columns_that_nobody_knows_are_named_back() -> None:
    fault = refused(b"telefon,manzil\n1,2\n")
    assert (fault.code, fault.heads) == ("no_names", ["telefon", "manzil"])


def test_an_old_excel_and_a_list_too_long_are_told_apart() -> None:
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").code == "old_excel"
    assert refused(b"name\n" + b"Aziz Karimov\n" * (MOST_ROWS + 1)).code == "too_many"
    assert len(read_roster(b"name\n" + b"Aziz Karimov\n" * MOST_ROWS).rows) == MOST_ROWS


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_a_csv_is_read_as_any_office_saves_it(encoding: str, sign: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows([["ФИО", "id"], ["Каримов Азиз", "7"]])
    (row,) = read_roster(out.getvalue().encode(encoding)).rows
    assert (row.cyrillic, row.id) == ("Каримов Азиз", "7")
