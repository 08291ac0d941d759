"""At the desk a picture is squares until somebody says why; every look is on record; the sexual kinds stay closed."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from panoh.care.reports.errors import ReportRefusedError
from panoh.care.reports.models import Attachment, MediaOpening, Report
from panoh.care.reports.queries.files import file_for
from panoh.care.reports.services.files import keep_file, lock_files, open_file, show_file
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .file_cast import sent_with_file
from .file_corpus import MAKER, jpeg_with_place
from .form_cast import said

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    return sent_with_file(content=jpeg_with_place())


def at(report: Report, page: str = "") -> str:
    return f"/desk/reports/{report.reference}/files/1/{page}"


def entries(report: Report, verb: str) -> list[audit.Entry]:
    return [entry for entry in audit.trail(report.reference) if entry.verb == verb]


def test_the_page_shows_squares_and_asks_why(desk: Client, report: Report) -> None:
    page = desk.get(at(report)).content.decode()
    assert at(report, "preview/") in page
    assert at(report, "copy/") not in page
    squares = desk.get(at(report, "preview/"))
    assert Image.open(io.BytesIO(squares.content)).mode == "L"


def test_nothing_is_shown_clearly_without_a_reason(desk: Client, report: Report) -> None:
    assert desk.get(at(report, "copy/")).status_code == 404
    assert desk.post(at(report, "open/"), {"reason": "  "}).status_code == 422
    assert desk.get(at(report, "copy/")).status_code == 404
    assert not MediaOpening.objects.exists()


def test_with_a_reason_the_bare_copy_is_shown_and_each_look_is_on_record(
    desk: Client, report: Report, counsellor: User
) -> None:
    desk.post(at(report, "open/"), {"reason": "I need the threat word by word"})
    first, second = desk.get(at(report, "copy/")), desk.get(at(report, "copy/"))
    assert first.content == second.content
    assert MAKER.encode() not in first.content
    assert not dict(Image.open(io.BytesIO(first.content)).getexif())
    opened = entries(report, "report.file_opened")
    assert [entry.actor for entry in opened] == [counsellor.code]
    assert b"threat" not in bytes(opened[0].purpose or b"")
    assert len(entries(report, "report.file_shown")) == 2


def test_the_reason_is_sealed_under_the_key_of_the_report(desk: Client, report: Report, counsellor: User) -> None:
    desk.post(at(report, "open/"), {"reason": "word by word"})
    opening = MediaOpening.objects.get()
    where = f"reports.opening:{opening.attachment_id}:{counsellor.pk}"
    assert vault.unseal(report.conversation.data_key, opening.reason, where=where) == "word by word"


def test_a_picture_runs_nothing_and_is_kept_by_nobody(desk: Client, report: Report) -> None:
    desk.post(at(report, "open/"), {"reason": "word by word"})
    for page in ("copy/", "preview/"):
        answer = desk.get(at(report, page))
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Content-Disposition"].startswith('inline; filename="R-')
        assert answer.headers["Content-Type"] in {"image/jpeg", "image/png"}


def test_a_reason_opens_it_to_its_person_alone_and_not_for_long(
    desk: Client, report: Report, supervisor: User, client: Client
) -> None:
    desk.post(at(report, "open/"), {"reason": "word by word"})
    with pytest.raises(ReportRefusedError):
        show_file(file_for(supervisor, report.reference, 1), by=supervisor)
    MediaOpening.objects.update(at=timezone.now() - timedelta(hours=1))
    assert desk.get(at(report, "copy/")).status_code == 404


def test_a_report_that_turns_out_to_be_sexual_closes_its_files(desk: Client, report: Report) -> None:
    desk.post(at(report, "open/"), {"reason": "word by word"})
    Report.objects.update(kind="images")
    for page in ("copy/", "preview/"):
        assert desk.get(at(report, page)).status_code == 404
    assert said("Pictures of reports of this kind are never opened here.") in desk.get(at(report)).content.decode()


def test_locked_files_are_gone_for_everyone_but_as_sealed_evidence(
    desk: Client, report: Report, supervisor: User
) -> None:
    assert desk.post(f"/desk/reports/{report.reference}/files/lock/").status_code == 302
    row = Attachment.objects.get()
    assert (bytes(row.staff_copy), bytes(row.preview), row.blocked) == (b"", b"", True)
    assert bytes(row.original).startswith(b"v1.")
    with pytest.raises(ReportRefusedError):
        open_file(file_for(supervisor, report.reference, 1), reason="still", by=supervisor)
    lock_files(report, by=supervisor)
    assert len(entries(report, "report.files_locked")) == 1


def test_a_file_that_was_not_scanned_stays_closed(desk: Client, report: Report) -> None:
    Attachment.objects.update(scan="failed", blocked=True)
    assert said("Not scanned yet") in desk.get(at(report)).content.decode()
    assert desk.get(at(report, "preview/")).status_code == 404
    assert desk.post(at(report, "open/"), {"reason": "word by word"}).status_code == 422


@pytest.mark.parametrize("who", ["officer", "editor", "administrator", "stranger"])
def test_others_cannot_even_ask(client: Client, report: Report, request: pytest.FixtureRequest, who: str) -> None:
    client.force_login(request.getfixturevalue(who))
    for page in ("", "preview/", "copy/"):
        assert client.get(at(report, page)).status_code in {403, 404}
    assert client.post(at(report, "open/"), {"reason": "word by word"}).status_code in {403, 404}


def test_a_counsellor_cannot_tell_that_a_file_of_the_hotline_exists(desk: Client, report: Report) -> None:
    Report.objects.update(kind="abuse_material")
    for page in ("", "preview/", "copy/"):
        assert desk.get(at(report, page)).status_code == 404
    assert desk.get("/desk/reports/R-NOWHERE/files/1/").status_code == 404


def test_a_file_of_another_report_is_not_reached_by_its_number(desk: Client, report: Report) -> None:
    other = sent_with_file("fraud")
    keep_file(other, content=jpeg_with_place())
    assert desk.get(f"/desk/reports/{report.reference}/files/2/").status_code == 404


def test_the_page_needs_few_questions(
    desk: Client, report: Report, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(9):
        desk.get(at(report))
