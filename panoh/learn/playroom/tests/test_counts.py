"""What children played, at the desk: counts by piece, language and day, and nothing too small to be told."""

import csv
import io

import openpyxl
import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from conftest import Cast
from panoh.ground.accounts.public import Role
from panoh.learn.playroom import counts, tables
from panoh.learn.playroom.models import PlayCell
from panoh.learn.playroom.services import count_play

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


@pytest.fixture
def played() -> None:
    for language, what, n in (("uz", "begun", 7), ("uz", "finished", 4), ("uz-cyrl", "begun", 5), ("uz", "bot", 6)):
        for _ in range(n):
            count_play("stories/message", language, what)
    count_play("stories/gone", "ru", "pdf")


@pytest.fixture
def editor_page(client: Client, person: Cast) -> Client:
    client.force_login(person(Role.EDITOR, name="Nodira"))
    return client


@pytest.mark.usefixtures("played")
def test_each_language_and_script_has_a_row_and_small_counts_are_not_told() -> None:
    first, second, third = counts.plays(30)
    assert (first.language, first.told[:3]) == ("uz", [7, None, 6])
    assert (second.language, second.told[:2]) == ("uz-cyrl", [5, 0])
    assert (third.piece, third.told[counts.WHAT.index("pdf")]) == ("stories/gone", None)
    assert [one.language for one in counts.plays(30, "ru")] == ["ru"]


@pytest.mark.usefixtures("played")
def test_day_by_day_the_newest_stands_first_and_what_is_older_than_asked_is_left_out() -> None:
    month = PlayCell.objects.values_list("month", flat=True)[0]
    PlayCell.objects.create(month=month.replace(year=month.year - 2), slot=0, n=9, piece="stories/message",
                            language="uz", day=1, what="begun")  # fmt: skip
    days = [one.day for one in counts.plays(365, daily=True)]
    assert len(days) == 3
    assert None not in days
    assert sum(one.counts.get("begun", 0) for one in counts.plays(365)) == 12


@pytest.mark.usefixtures("played")
def test_an_editor_sees_titles_and_languages_and_takes_both_tables_along(editor_page: Client) -> None:
    page = editor_page.get("/desk/play/").content.decode()
    assert "Yorqin xabar" in page
    assert "&lt; 5" in page
    rows = list(csv.reader(io.StringIO(editor_page.get("/desk/play/plays.csv?by=day").content.decode("utf-8-sig"))))
    assert len(rows) == 4
    assert rows[1][3:6] == ["7", rows[1][4], "6"]
    assert "5" in rows[1][4]
    assert rows[1][4] != "4"
    book = openpyxl.load_workbook(io.BytesIO(editor_page.get("/desk/play/plays.xlsx").content))
    assert [cell.value for cell in book.worksheets[0][2]][2] == 7
    assert editor_page.get("/desk/play/plays.pdf").status_code == 404
    assert editor_page.get("/desk/play/?days=zero&language=xx&page=x").status_code == 200


@pytest.mark.usefixtures("played")
def test_a_longer_table_asks_the_database_no_more_often(
    editor_page: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(60):
        count_play(f"stories/piece-{n}", "uz", "begun")
    editor_page.get("/desk/play/")
    with django_assert_max_num_queries(12):
        editor_page.get("/desk/play/")


def test_a_counsellor_has_no_use_for_it_and_an_empty_table_says_so(
    client: Client, editor_page: Client, person: Cast
) -> None:
    assert "<table" not in editor_page.get("/desk/play/").content.decode()
    editor_page.force_login(person(Role.COUNSELLOR, name="Dilnoza"))
    assert editor_page.get("/desk/play/").status_code == 403


def test_a_cell_that_a_spreadsheet_would_run_is_quoted_away() -> None:
    assert b"'=1+1" in tables.written("csv", ["a"], [["=1+1"]])
