"""Lists as offices send them: every row has its outcome, nobody is listed twice, nothing is lost."""

import csv
import io
import uuid
from collections import Counter
from datetime import date

import openpyxl
import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from panoh.ground.accounts.public import User
from panoh.ground.vault import public as vault
from panoh.learn.training import services
from panoh.learn.training.errors import TrainingRefusedError
from panoh.learn.training.models import (
    ImportState,
    NameMark,
    Participation,
    Person,
    RosterImport,
    TrainingEvent,
    Workplace,
)
from panoh.learn.training.queries.people import said_of

HEAD = ["F.I.Sh.", "Jinsi", "Maktab", "Telefon"]
ROWS = [
    ["Karimova Nilufar Anvarovna", "ayol", "12-maktab", "+998 90 123 45 67"],
    ["Тошматов Ботир", "эркак", "12-мактаб", ""],
    ["Oʻgʻiloy Qodirova", "", "3-maktab", ""],
]


def as_csv(rows: list[list[str]], head: list[str] = HEAD) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode()


def outcomes(of: RosterImport) -> list[tuple[int, str, str]]:
    return [(row.line, row.outcome, row.fault) for row in of.rows.all()]


def names(event: TrainingEvent) -> list[str]:
    people = Person.objects.filter(participations__event=event).order_by("participations__line")
    return [said_of([one])[one.pk].latin for one in people]


def test_a_list_is_looked_at_before_anybody_is_listed(event: TrainingEvent, coordinator: User) -> None:
    of = services.preview_roster(event, as_csv(ROWS), by=coordinator)
    assert [outcome for _line, outcome, _fault in outcomes(of)] == ["new", "new", "new"]
    assert not Participation.objects.exists()
    assert not Person.objects.exists()
    assert services.apply_roster(of, by=coordinator) == Counter(new=3)
    assert names(event) == ["Karimova Nilufar Anvarovna", "Toshmatov Botir", "Oʻgʻiloy Qodirova"]
    assert sorted(Person.objects.values_list("sex", flat=True)) == ["female", "male", "not_stated"]
    assert Workplace.objects.count() == 2  # one school in two scripts is one
    assert services.apply_roster(of, by=coordinator) == Counter()


def test_the_same_person_in_another_script_is_known_again(event: TrainingEvent, coordinator: User) -> None:
    services.apply_roster(services.preview_roster(event, as_csv(ROWS), by=coordinator), by=coordinator)
    again = [["Нилуфар Каримова", "аёл", "12-мактаб", ""], ["Qodirova Ogiloy", "ayol", "3-maktab", ""]]
    of = services.preview_roster(event, as_csv(again), by=coordinator)
    assert [outcome for _line, outcome, _fault in outcomes(of)] == ["matched", "alike"]
    services.apply_roster(of, by=coordinator)
    assert Person.objects.count() == 3  # the second waits for somebody to look
    assert Participation.objects.count() == 3


def test_a_namesake_in_another_school_is_somebody_to_look_at_and_elsewhere_somebody_else(
    event: TrainingEvent, coordinator: User
) -> None:
    services.apply_roster(services.preview_roster(event, as_csv(ROWS), by=coordinator), by=coordinator)
    head = [*HEAD, "Viloyat", "Tuman"]
    there = [
        ["Karimova Nilufar", "ayol", "40-maktab", "", "Andijon viloyati", ""],
        ["Karimova Nilufar", "ayol", "41-maktab", "90 123-45-67", "Andijon viloyati", ""],
    ]
    of = services.preview_roster(event, as_csv(there, head), by=coordinator)
    assert [outcome for _line, outcome, _fault in outcomes(of)] == ["new", "matched"]


def test_a_row_that_waits_is_listed_once_somebody_has_decided(
    event: TrainingEvent, coordinator: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    services.apply_roster(services.preview_roster(event, as_csv(ROWS), by=coordinator), by=coordinator)
    of = services.preview_roster(event, as_csv([["Qodirova Ogiloy", "ayol", "3-maktab", ""]]), by=coordinator)
    services.choose(of, {2: "new"}, by=coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        services.apply_roster(of, by=coordinator)
    assert Person.objects.count() == 4
    row = of.rows.get()
    assert not row.sealed  # what the file said is gone
    with pytest.raises(vault.ErasedError):
        vault.seal(of.key, "x", where="x")


def test_the_same_file_is_not_applied_twice(event: TrainingEvent, coordinator: User) -> None:
    first = services.preview_roster(event, as_csv(ROWS), by=coordinator)
    second = services.preview_roster(event, as_csv(ROWS), by=coordinator)
    services.apply_roster(first, by=coordinator)
    with pytest.raises(TrainingRefusedError, match="Nobody was listed twice"):
        services.apply_roster(second, by=coordinator)
    assert Participation.objects.count() == 3


def test_undoing_a_list_takes_back_what_it_brought_and_keeps_who_attended(
    event: TrainingEvent, coordinator: User
) -> None:
    of = services.preview_roster(event, as_csv(ROWS), by=coordinator)
    services.apply_roster(of, by=coordinator)
    one = Participation.objects.get(line=1)
    session = event.sessions.first()
    assert session is not None
    services.mark_attendance(event, [services.MarkSaid(uuid.uuid4(), session.pk, one.ticket)], by=coordinator)
    assert services.undo_roster(of, by=coordinator) == (2, 1)
    assert names(event) == ["Karimova Nilufar Anvarovna"]
    assert not NameMark.objects.exclude(person=one.person).exists()


def test_a_list_undone_leaves_nobody_behind(event: TrainingEvent, coordinator: User) -> None:
    of = services.preview_roster(event, as_csv(ROWS), by=coordinator)
    services.apply_roster(of, by=coordinator)
    assert services.undo_roster(of, by=coordinator) == (3, 0)
    assert not Person.objects.exists()
    assert not NameMark.objects.exists()
    of.refresh_from_db()
    assert of.state == ImportState.UNDONE


BAD = {
    "no_name": (["", "ayol"], ["F.I.Sh.", "Jinsi"], "no_name"),
    "digits": (["998901234567", "ayol"], ["F.I.Sh.", "Jinsi"], "swapped"),
}


@pytest.mark.parametrize("case", ["no_name", "digits"])
def test_a_row_that_says_nobody_is_refused_with_its_reason(event: TrainingEvent, coordinator: User, case: str) -> None:
    row, head, fault = BAD[case]
    of = services.preview_roster(event, as_csv([row, ["Karimova Nilufar", "ayol"]], head), by=coordinator)
    assert outcomes(of) == [(2, "rejected", fault), (3, "new", "")]
    services.apply_roster(of, by=coordinator)
    assert names(event) == ["Karimova Nilufar"]


def test_columns_nobody_recognised_are_named_by_a_person(event: TrainingEvent, coordinator: User) -> None:
    of = services.preview_roster(event, as_csv([["ayol", "Karimova Nilufar"]], ["A", "B"]), by=coordinator)
    assert outcomes(of) == [(2, "rejected", "no_name_column")]
    services.map_columns(of, {"name": 1, "sex": 0}, by=coordinator)
    assert outcomes(of) == [(2, "new", "")]
    services.apply_roster(of, by=coordinator)
    assert Person.objects.get().sex == "female"


def test_three_columns_for_three_sexes_are_read_by_their_marks(event: TrainingEvent, coordinator: User) -> None:
    head = ["Familiya", "Ism", "Ayol", "Erkak", "Koʻrsatilmagan"]
    rows = [["Karimova", "Lola", "+", "", ""], ["Aliyev", "Anvar", "", "x", ""], ["Umarov", "Sobir", "1", "1", ""]]
    of = services.preview_roster(event, as_csv(rows, head), by=coordinator)
    services.apply_roster(of, by=coordinator)
    assert sorted(Person.objects.values_list("sex", flat=True)) == ["female", "male", "not_stated"]
    assert outcomes(of)[2] == (4, "new", "sex")


def test_a_workbook_with_titles_merged_cells_dates_and_blank_rows_is_read(
    event: TrainingEvent, coordinator: User
) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Treninglar roʻyxati", None, None])
    sheet.merge_cells("A1:C1")
    sheet.append([None, None, None])
    sheet.append(["№", "F.I.Sh.", "Jinsi"])
    sheet.append([1, "Karimova Nilufar", "ayol"])
    sheet.append([date(2026, 1, 1), "Aliyev  Anvar\u200b", "erkak"])
    sheet.cell(row=200_000, column=1, value=None)
    sheet.append([])
    out = io.BytesIO()
    book.save(out)
    of = services.preview_roster(event, out.getvalue(), by=coordinator)
    assert [outcome for _line, outcome, _fault in outcomes(of)] == ["new", "new"]
    services.apply_roster(of, by=coordinator)
    assert names(event) == ["Karimova Nilufar", "Aliyev Anvar"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "no table"),
        (b"PK\x03\x04nonsense", "no table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel"),
        (b"F.I.Sh.,Jinsi\n", "no row below"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(
    event: TrainingEvent, coordinator: User, data: bytes, said: str
) -> None:
    with pytest.raises(TrainingRefusedError, match=said):
        services.preview_roster(event, data, by=coordinator)
    assert not RosterImport.objects.exists()


def test_a_list_dropped_is_gone_with_what_it_said(event: TrainingEvent, coordinator: User) -> None:
    of = services.preview_roster(event, as_csv(ROWS), by=coordinator)
    services.drop_roster(of, by=coordinator)
    assert not of.rows.exclude(sealed=b"").exists()
    with pytest.raises(TrainingRefusedError):
        services.apply_roster(of, by=coordinator)
