"""A list is looked at before it is issued: every row has an outcome, nothing is lost, and nothing is issued twice."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from panoh.ground.accounts.public import User
from panoh.learn.certificates import services
from panoh.learn.certificates.errors import CertificateRefusedError
from panoh.learn.certificates.models import Achievement, Certificate, Kind, Roster, RosterRow, Status
from panoh.learn.certificates.queries import reading

from .conftest import CRITERIA, NAMES, Issue

pytestmark = pytest.mark.django_db
HOME = "/desk/certificates/"
Add = Callable[..., Roster]


@pytest.fixture
def issuing(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


@pytest.fixture
def add(course: Achievement, coordinator: User) -> Add:
    def make(*lines: str, head: str = "name;cyrillic;id") -> Roster:
        data = "\n".join([head, *lines]).encode()
        return services.add_roster(data, achievement=course, language="uz", by=coordinator)[0]

    return make


def outcomes(roster: Roster) -> list[tuple[int, str, str]]:
    return list(roster.rows.values_list("line", "outcome", "fault"))


def names_issued() -> list[str]:
    return sorted(reading.holder_of(one).latin for one in Certificate.objects.filter(status=Status.ISSUED))


def test_before_anything_is_issued_every_row_says_what_would_become_of_it(add: Add, issue: Issue) -> None:
    issue("Karima Saidova", "Карима Саидова")
    roster = add(
        "Aziz Karimov;Азиз Каримов;1",
        "Aziz Karimov;;2",
        "李小龙;;3",
        "Sardor Ali;;1",
        "Oʻgʻiloy Gʻulomova;;",
        "Ўғилой Ғуломова;;",
        "Ugiloy Gulomova;;",
        "01.02.1990;;7",
        "aziz@example.test;;8",
        ";;9",
        "=A1&B1;;10",
        "Malika;;11",
        "Саидова Карима;;12",
        "Nоdira Olimova;;13",
    )
    assert [(line, outcome, fault) for line, outcome, fault in outcomes(roster)] == [
        (2, "ready", ""),
        (3, "ready", ""),  # two numbers are two people, whatever they are called
        (4, "refused", "no_glyph"),
        (5, "refused", "twice"),
        (6, "ready", ""),
        (7, "look", "like_row"),
        (8, "look", "like_row"),
        (9, "refused", "not_name"),
        (10, "refused", "not_name"),
        (11, "refused", "empty"),
        (12, "refused", "formula"),
        (13, "look", "one_word"),
        (14, "look", "like_held"),
        (15, "look", "mixed"),
    ]
    assert roster.rows.get(line=7).other_line == 6
    assert Certificate.objects.count() == 1


def test_only_ready_rows_are_issued_and_the_others_wait_with_their_reason(add: Add, coordinator: User) -> None:
    roster = add("Aziz Karimov;;1", "Malika;;2", "李;;3")
    assert services.issue_roster(roster, by=coordinator) == 1
    assert outcomes(roster) == [(2, "issued", ""), (3, "look", "one_word"), (4, "refused", "no_glyph")]
    assert services.confirm_rows(roster, [3, 4], by=coordinator) == 1
    corrected = services.correct_row(roster, 4, latin="Li Syaolun", cyrillic="", by=coordinator)
    assert corrected.outcome == "ready"
    assert services.issue_roster(roster, by=coordinator) == 2
    assert names_issued() == ["Aziz Karimov", "Li Syaolun", "Malika"]
    assert services.issue_roster(roster, by=coordinator) == 0


def test_a_row_that_is_left_out_is_not_issued_and_comes_back(add: Add, coordinator: User) -> None:
    roster = add("Aziz Karimov;;1", "Aziz Karimov;;")
    assert services.leave_row_out(roster, 3, by=coordinator).outcome == "left"
    services.issue_roster(roster, by=coordinator)
    assert outcomes(roster) == [(2, "issued", ""), (3, "left", "same_name")]
    assert services.leave_row_out(roster, 3, by=coordinator).outcome == "look"


def test_the_same_file_again_is_the_list_that_is_there(add: Add, coordinator: User) -> None:
    first = add("Aziz Karimov;;")
    services.issue_roster(first, by=coordinator)
    again = add("Aziz Karimov;;")
    assert again == first
    assert services.issue_roster(again, by=coordinator) == 0
    assert Certificate.objects.count() == 1


def test_a_corrected_file_brings_nobody_a_second_one_with_or_without_a_number(add: Add, coordinator: User) -> None:
    services.issue_roster(add("Aziz Karimov;;1", "Olim Aliyev;;"), by=coordinator)
    longer = add("Aziz Karimov;;1", "Алиев Олим;;", "Sardor Umarov;;")
    assert [outcome for _line, outcome, _fault in outcomes(longer)] == ["held", "look", "ready"]
    assert services.issue_roster(longer, by=coordinator) == 1
    assert Certificate.objects.count() == 3


def test_somebody_who_got_one_between_the_look_and_the_press_gets_no_second(
    add: Add, coordinator: User, course: Achievement
) -> None:
    first, second = add("Aziz Karimov;;1"), add("Aziz Karimov;;1", "Olim Aliyev;;2")
    services.issue_roster(first, by=coordinator)
    assert services.issue_roster(second, by=coordinator) == 1
    assert outcomes(second) == [(2, "held", ""), (3, "issued", "")]


def test_what_a_list_brought_is_taken_back_and_the_same_file_may_come_again(add: Add, coordinator: User) -> None:
    roster = add("Aziz Karimov;;1", "Olim Aliyev;;2")
    services.issue_roster(roster, by=coordinator)
    assert services.undo_roster(roster, by=coordinator) == 2
    assert services.undo_roster(roster, by=coordinator) == 0
    with pytest.raises(CertificateRefusedError):
        services.issue_roster(roster, by=coordinator)
    again = add("Aziz Karimov;;1", "Olim Aliyev;;2")
    assert again != roster
    assert services.issue_roster(again, by=coordinator) == 2


def test_a_list_of_which_nothing_was_issued_is_put_away_with_its_names(add: Add, coordinator: User) -> None:
    roster, issued = add("Aziz Karimov;;1"), add("Olim Aliyev;;2")
    services.drop_roster(roster, by=coordinator)
    assert not Roster.objects.filter(pk=roster.pk).exists()
    services.issue_roster(issued, by=coordinator)
    with pytest.raises(CertificateRefusedError):
        services.drop_roster(issued, by=coordinator)


def test_names_that_were_never_issued_go_after_some_weeks_and_outcomes_stay(add: Add, coordinator: User) -> None:
    roster = add("Aziz Karimov;;1", "Malika;;2")
    assert services.forget_lists(timezone.now() - timedelta(days=1)) == 0
    assert services.forget_lists(timezone.now() + timedelta(days=1)) == 1
    roster.refresh_from_db()
    assert roster.data_key is None
    assert not RosterRow.objects.filter(sealed__isnull=False).exists()
    assert len(outcomes(roster)) == 2
    assert services.issue_roster(roster, by=coordinator) == 0
    with pytest.raises(CertificateRefusedError):
        services.correct_row(roster, 3, latin="Malika Yusupova", cyrillic="", by=coordinator)


def test_only_who_issues_touches_a_list(add: Add, editor: User) -> None:
    roster = add("Aziz Karimov;;1")
    deeds: list[Callable[[], Any]] = [
        lambda: services.issue_roster(roster, by=editor),
        lambda: services.correct_row(roster, 2, latin="A B", cyrillic="", by=editor),
        lambda: services.confirm_rows(roster, [2], by=editor),
        lambda: services.leave_row_out(roster, 2, by=editor),
        lambda: services.drop_roster(roster, by=editor),
    ]
    for deed in deeds:
        with pytest.raises(CertificateRefusedError):
            deed()


def test_two_thousand_rows_are_looked_at_with_few_questions(add: Add) -> None:
    letters = "abdeghijklmnopqrstuvxz"
    lines = [f"{a}{b}{c}ol Karimov;;{a}{b}{c}" for a in letters[:10] for b in letters[:20] for c in letters[:10]]
    with CaptureQueriesContext(connection) as asked:
        roster = add(*(line[0].upper() + line[1:] for line in lines))
    assert roster.rows.count() == len(lines) == 2000
    assert len(asked) < 150


# --- at the desk ------------------------------------------------------------------------------------------------------


def workbook(*rows: list[Any]) -> SimpleUploadedFile:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(out)
    return SimpleUploadedFile("a.xlsx", out.getvalue())


@pytest.mark.parametrize("kind", Kind.values)
def test_each_kind_is_issued_at_the_desk_from_a_workbook(issuing: Client, coordinator: User, kind: str) -> None:
    of = services.keep_achievement(f"a-{kind}", kind=kind, names=NAMES, criteria=CRITERIA, by=coordinator)
    sent = issuing.post(
        f"{HOME}rosters/add/",
        {"achievement": of.code, "language": "ru", "place": "Nukus", "start": "2026-11-01", "end": "2026-11-02",
         "file": workbook(["№", "F.I.Sh", "ФИО"], [1, "Aziz Karimov", "Азиз Каримов"], [2, "李", ""])},
    )  # fmt: skip
    page = issuing.get(sent["Location"]).content.decode()
    assert "Aziz Karimov" in page
    assert "Азиз Каримов" in page
    assert not Certificate.objects.exists()
    issuing.post(f"{sent['Location']}issue/")
    one = Certificate.objects.get()
    assert (one.facts["achievement"]["kind"], one.facts["from"], one.language) == (kind, "2026-11-01", "ru")
    assert issuing.get(HOME, {"q": one.number}).content.decode().count(one.code) == 1
    assert one.number in issuing.get(sent["Location"]).content.decode()
    issuing.post(f"{sent['Location']}undo/")
    one.refresh_from_db()
    assert one.status == Status.REVOKED


def test_a_coordinator_types_one_name_corrects_lets_stand_and_leaves_out(issuing: Client, course: Achievement) -> None:
    typed = {"achievement": course.code, "language": "uz", "names": "Malika\nАзиз Каримов\n李\nOlim Aliyev"}
    there = issuing.post(f"{HOME}rosters/add/", typed)["Location"]
    assert "Karimov" in issuing.get(there).content.decode()  # derived, and to be looked at
    issuing.post(f"{there}confirm/", {"line": ["2", "3"]})
    assert issuing.get(f"{there}rows/4/").status_code == 200
    assert issuing.post(f"{there}rows/4/", {"latin": "", "cyrillic": ""}).status_code == 200
    assert issuing.post(f"{there}rows/4/", {"latin": "Li Syaolun", "cyrillic": ""})["Location"] == there
    issuing.post(f"{there}rows/5/leave-out/")
    issuing.post(f"{there}issue/")
    assert names_issued() == ["Aziz Karimov", "Li Syaolun", "Malika"]
    assert issuing.get(f"{there}rows/2/").status_code == 404  # what is issued is changed at its certificate
    assert issuing.get(f"{there}rows/99/").status_code == 404


def test_what_is_not_issued_is_taken_home_with_the_reason_and_can_be_sent_again(issuing: Client, add: Add) -> None:
    roster = add("Aziz Karimov;;1", "Malika;;2", "'=cmd;;3", "+998901234567;;4")
    file = issuing.get(f"{HOME}rosters/{roster.code}/not-issued.csv").content.decode("utf-8-sig")
    head, *rows = list(csv.reader(io.StringIO(file)))
    assert head[:3] == ["name", "cyrillic", "id"]
    assert [row[0] for row in rows] == ["Malika", "'=cmd", "'+998901234567"]
    assert all(row[5] for row in rows)
    again = add(*(",".join(row) for row in rows), head=",".join(head))
    assert [outcome for _line, outcome, _fault in outcomes(again)] == ["look", "refused", "refused"]


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (b"telefon\n1\n", "telefon"),
        (b"PK\x03\x04junk", "no list"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xlsx"),
        (b"name\n" + b"Aziz Karimov\n" * 2001, "2,000"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    issuing: Client, coordinator: User, course: Achievement, file: bytes, said: str
) -> None:
    User.objects.filter(pk=coordinator.pk).update(language="en")
    typed = {"achievement": course.code, "language": "uz", "file": SimpleUploadedFile("a.csv", file)}
    page = issuing.post(f"{HOME}rosters/add/", typed).content.decode()
    assert "error-summary" in page
    assert said in page
    nothing = issuing.post(f"{HOME}rosters/add/", {"achievement": course.code, "language": "uz"})
    assert "error-summary" in nothing.content.decode()
