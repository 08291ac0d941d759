"""Tables out of the desk and into it: a group's progress, and the bank there and back again."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from panoh.ground.accounts.public import Learner, Role, User
from panoh.ground.audit.public import Entry

from .. import question_rows, services
from ..models import Cohort, Course, QuestionVersion
from ..tree import Courses

pytestmark = pytest.mark.django_db
BANK = "/desk/tests/bank/short-course"
EVIL = '=HYPERLINK("http://evil.test","Ali")'


@pytest.fixture
def facilitator(person: Callable[..., User]) -> User:
    return person(Role.FACILITATOR, name="Nodira")


@pytest.fixture
def cohort(course: Course, facilitator: User, sign_in_learner: Callable[..., Learner]) -> Cohort:
    """A group with one member, who calls themselves like a formula."""
    made = services.make_cohort(course, name="12-maktab", region="UZ-TK", by=facilitator)
    browser = Client()
    learner = sign_in_learner(browser)
    said = {"name_latin": EVIL, "name_cyrillic": "Али", "region": "UZ-TK", "district": "", "language": "uz"}
    assert browser.post("/uz/account/", said).status_code == 302
    services.join_cohort(learner, made, language="uz")
    return made


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def csv_rows(answer: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_groups_list_is_a_table_in_which_nothing_is_run(cohort: Cohort, facilitator: User) -> None:
    desk = signed_in(facilitator)
    head, row = csv_rows(desk.get(f"/desk/groups/{cohort.code}/progress.csv"))
    assert row[0] == f"'{EVIL}"
    assert row[4:6] == ["0", "3"]
    sheet = openpyxl.load_workbook(io.BytesIO(desk.get(f"/desk/groups/{cohort.code}/progress.xlsx").content)).active
    assert sheet
    assert [cell.value for cell in sheet[1]] == head
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["E2"].value) == (EVIL, "s", 0)
    assert Entry.objects.filter(verb="cohort.progress_taken", thing=cohort.code).count() == 2
    assert desk.get(f"/desk/groups/{cohort.code}/progress.exe").status_code == 404


def test_another_facilitator_gets_no_list(cohort: Cohort, person: Callable[..., User]) -> None:
    other = signed_in(person(Role.FACILITATOR, name="Other"))
    assert other.get(f"/desk/groups/{cohort.code}/progress.csv").status_code == 404


# --- the bank ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk_of(administrator: User) -> Client:
    return signed_in(administrator)


def taken(desk: Client, rows: list[list[str]], form: str = "csv") -> Any:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    data = out.getvalue().encode()
    if form == "xlsx":
        book = openpyxl.Workbook()
        assert book.active
        for row in rows:
            book.active.append(row)
        held = io.BytesIO()
        book.save(held)
        data = held.getvalue()
    answer = desk.post(f"{BANK}/take/", {"file": SimpleUploadedFile(f"bank.{form}", data)})
    assert answer.status_code == 200, answer.content.decode()
    return [(one.line, one.name, one.outcome, one.reason) for one, _name in answer.context["outcomes"]]


def edition_of(course: Course) -> int:
    course.refresh_from_db()
    assert course.current
    return course.current.number


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_goes_out_comes_in_as_it_was_and_makes_no_edition(course: Course, desk_of: Client, form: str) -> None:
    answer = desk_of.get(f"{BANK}/questions.{form}")
    file = SimpleUploadedFile(f"bank.{form}", answer.content)
    outcomes = desk_of.post(f"{BANK}/take/", {"file": file}).context["outcomes"]
    assert [one.outcome for one, _name in outcomes] == ["same"] * 14
    assert edition_of(course) == 1
    assert Entry.objects.filter(verb="bank.taken").exists()


def test_every_question_written_as_a_row_is_the_same_question(files: Path) -> None:
    import tomllib

    for module in Courses(files).courses[0].modules:
        held = [(module.code, row) for row in module.questions]
        head, rows = question_rows.table(held)
        for (_module, row), cells in zip(held, rows, strict=True):
            assert question_rows.question(head, [str(cell) for cell in cells]) == (module.code, row)
            assert tomllib.loads(question_rows.toml(row))["questions"] == [row]


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_good_rows_become_the_next_edition_and_bad_ones_say_why(course: Course, desk_of: Client, form: str) -> None:
    head, *rows = csv_rows(desk_of.get(f"{BANK}/questions.csv"))
    at = {name: place for place, name in enumerate(head)}
    by_code = {(row[at["module"]], row[at["code"]]): row for row in rows}
    changed = list(by_code["passwords", "q1"])
    changed[at["text.uz"]] = "Qaysi parol kuchli?"
    fresh = list(by_code["passwords", "q2"])
    fresh[at["code"]] = "q20"
    no_key = list(by_code["friends", "q1"])
    no_key[at["options.1.right"]] = ""
    nowhere = list(fresh)
    nowhere[at["module"]] = "no-such"
    no_number = list(by_code["friends", "q5"])
    no_number[at["answer"]] = "twelve"
    said = taken(desk_of, [head, changed, fresh, no_key, nowhere, no_number, by_code["friends", "q2"]], form)
    assert [one[2] for one in said] == ["changed", "fresh", "refused", "refused", "refused", "same"]
    assert [one[0] for one in said] == [2, 3, 4, 5, 6, 7]
    assert "exactly one option is right, here 0" in said[2][3]
    assert "answer is a number" in said[4][3]
    assert edition_of(course) == 2
    assert course.is_edited
    version = QuestionVersion.objects.filter(question__module="passwords", question__code="q1").latest("number")
    assert (version.number, version.body["text"]["uz"]) == (2, "Qaysi parol kuchli?")
    assert version.body["text"]["uz-cyrl"] == "Қайси пароль кучли?"
    assert QuestionVersion.objects.filter(question__code="q20").count() == 1
    assert QuestionVersion.objects.filter(question__module="friends", question__code="q1").count() == 1


def test_a_file_of_bad_rows_changes_nothing(course: Course, desk_of: Client) -> None:
    said = taken(desk_of, [["module", "code", "kind", "text.uz"], ["passwords", "q99", "one", "Nima?"]])
    assert said[0][2] == "refused"
    assert edition_of(course) == 1


def test_a_question_for_practice_does_not_become_one_of_a_test(course: Course, desk_of: Client) -> None:
    head, *rows = csv_rows(desk_of.get(f"{BANK}/questions.csv"))
    practice = next(row for row in rows if row[head.index("code")] == "p1")
    practice[head.index("use")] = "test"
    assert taken(desk_of, [head, practice])[0][2] == "refused"


@pytest.mark.parametrize("data", [b"", b"\x00\x01", b"PK\x03\x04 no zip", b"name;e-mail\nAli;a@b.test\n"])
def test_what_is_no_table_of_questions_is_refused(course: Course, desk_of: Client, data: bytes) -> None:
    answer = desk_of.post(f"{BANK}/take/", {"file": SimpleUploadedFile("bank.csv", data)})
    assert answer.status_code == 422
    assert edition_of(course) == 1


def test_who_does_not_keep_the_bank_neither_takes_it_nor_fills_it(course: Course, facilitator: User) -> None:
    desk = signed_in(facilitator)
    assert desk.get(f"{BANK}/questions.csv").status_code == 403
    assert desk.post(f"{BANK}/take/").status_code == 403
