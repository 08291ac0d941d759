"""Pictures that people send: which are kept, that nothing of them lies open, and who takes them back."""

import sys
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from panoh.care.reports import services
from panoh.care.reports.errors import FileRefusedError
from panoh.care.reports.file_rules import limit
from panoh.care.reports.models import Attachment, FileHash, Report
from panoh.care.reports.queries.files import attachments_of
from panoh.care.reports.services.files import keep_file, remove_file, scan_again
from panoh.care.reports.services.strays import drop_strays
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .file_cast import draft_of, sent_with_file, upload
from .file_corpus import BAD, MAKER, archive_bomb, jpeg, jpeg_with_place, noise, png, webp
from .form_cast import browser, enter_with, new_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def child() -> Client:
    return browser()


def kept(report: Report) -> Attachment:
    return Attachment.objects.get(report=report)


@pytest.mark.parametrize("kind", ["cyberbullying", "fraud"])
def test_pictures_of_bullying_and_fraud_are_kept(kind: str) -> None:
    report = draft_of(kind)
    assert keep_file(report, content=png()).position == 1
    assert keep_file(report, content=jpeg()).position == 2


@pytest.mark.parametrize("kind", ["images", "sextortion", "abuse_material", "grooming", "threats", "missing", "other"])
def test_pictures_of_every_other_kind_are_never_taken(kind: str) -> None:
    with pytest.raises(FileRefusedError) as refused:
        keep_file(draft_of(kind), content=png())
    assert refused.value.code == "not_here"
    assert not Attachment.objects.exists()


def test_before_we_know_what_happened_no_picture_is_taken() -> None:
    with pytest.raises(FileRefusedError, match="not_here"):
        keep_file(new_draft(), content=png())


@pytest.mark.parametrize("name", BAD)
def test_nothing_of_a_bad_file_is_kept(name: str) -> None:
    make, code = BAD[name]
    with pytest.raises(FileRefusedError) as refused:
        keep_file(draft_of("fraud"), content=make())
    assert refused.value.code == code
    assert not Attachment.objects.exists()


def test_a_picture_above_the_limit_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("panoh.care.reports.services.files.read_picture", lambda content: pytest.fail("was read"))
    with pytest.raises(FileRefusedError, match="too_big"):
        keep_file(draft_of("fraud"), content=bytes(limit("max_bytes") + 1))


def test_one_report_has_room_for_so_many_pictures() -> None:
    report = draft_of("fraud")
    for seed in range(limit("max_count")):
        keep_file(report, content=webp(seed))
    with pytest.raises(FileRefusedError, match="many"):
        keep_file(report, content=png())


def test_the_same_picture_sent_twice_is_kept_once() -> None:
    report = draft_of("fraud")
    assert keep_file(report, content=png()).pk == keep_file(report, content=png()).pk
    assert FileHash.objects.filter(report=report).count() == 1


def test_no_row_holds_a_byte_of_the_picture_in_the_clear() -> None:
    report = draft_of("cyberbullying")
    keep_file(report, content=jpeg_with_place())
    row = kept(report)
    for part in (row.original, row.staff_copy, row.preview):
        assert bytes(part).startswith(b"v1.")
        assert MAKER.encode() not in bytes(part)
        assert b"JFIF" not in bytes(part)


def test_sealed_bytes_do_not_open_in_another_place() -> None:
    report = draft_of("fraud")
    keep_file(report, content=png())
    with pytest.raises(vault.TamperedError):
        vault.unseal_bytes(report.conversation.data_key, kept(report).original, where="reports.attachment:elsewhere")


def test_what_is_sent_can_no_longer_be_taken_back() -> None:
    report = sent_with_file()
    with pytest.raises(FileRefusedError, match="sent"):
        remove_file(report, position=1)
    assert attachments_of(report)


def test_a_picture_goes_with_the_answer_that_led_to_it() -> None:
    report = draft_of("fraud")
    keep_file(report, content=png())
    drop_strays(services.answer_question(report, "kind", "images"))
    assert not FileHash.objects.exists()
    assert not Attachment.objects.exists()


def test_deleting_the_report_deletes_its_pictures_and_what_finds_them() -> None:
    services.delete_report(sent_with_file())
    assert not FileHash.objects.exists()
    assert not Attachment.objects.exists()


def test_keeping_and_taking_back_is_in_the_ledger_with_codes_only() -> None:
    report = draft_of("fraud")
    keep_file(report, content=png())
    remove_file(report, position=1)
    verbs = [entry.verb for entry in audit.trail(report.reference)]
    assert {"report.file_kept", "report.file_removed"} <= set(verbs)


# --- the page ---------------------------------------------------------------------------------------------------------


def test_a_picture_is_added_and_taken_back_with_plain_forms(child: Client) -> None:
    report = draft_of("cyberbullying")
    enter_with(child, report)
    assert upload(child, png()).status_code == 302
    page = child.get("/uz/report/files/").content.decode()
    assert 'name="remove" value="1"' in page
    child.post("/uz/report/files/", {"remove": "1"})
    assert not attachments_of(report)


def test_the_last_button_goes_on_with_the_questions(child: Client) -> None:
    enter_with(child, draft_of("cyberbullying"))
    page = child.get("/uz/report/files/").content.decode()
    assert 'name="q" value="files"' in page
    assert 'name="answer" value="done"' in page
    child.post("/uz/report/step/", {"q": "files", "answer": "done"})
    assert Report.objects.get().answers.filter(question="files").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [(archive_bomb, "only take pictures"), (lambda: png()[:-30], "cannot be read"), (lambda: b"", "chosen")],
)
def test_a_file_we_cannot_take_is_answered_with_what_to_do(child: Client, content: object, said: str) -> None:
    enter_with(child, draft_of("fraud"))
    page = upload(child, content(), "en")  # type: ignore[operator]
    assert page.status_code == 422
    assert said in page.content.decode()


def test_a_picture_that_is_too_big_is_let_go_on_the_way_in(child: Client) -> None:
    enter_with(child, draft_of("fraud"))
    page = upload(child, bytes(limit("max_bytes") + 1), "en")
    assert page.status_code == 422
    assert "too big" in page.content.decode()


def test_a_picture_of_a_new_telephone_is_taken_whole(child: Client) -> None:
    report = draft_of("fraud")
    enter_with(child, report)
    big = noise(1300)
    assert 2_700_000 < len(big) < limit("max_bytes")
    assert upload(child, big).status_code == 302
    assert report.attachments.get().size == len(big)


def test_no_picture_touches_the_disk_in_the_clear(child: Client, settings: Settings, tmp_path: Path) -> None:
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "not there")
    enter_with(child, draft_of("fraud"))
    assert upload(child, png()).status_code == 302


def test_who_holds_no_report_can_add_nothing(child: Client) -> None:
    draft_of("fraud")
    assert upload(child, png()).status_code == 410
    assert child.get("/uz/report/files/").status_code == 302
    assert not Attachment.objects.exists()


def test_for_other_kinds_the_page_leads_back_to_the_questions(child: Client) -> None:
    enter_with(child, draft_of("sextortion"))
    assert child.get("/uz/report/files/").headers["Location"].endswith("/uz/report/step/")
    upload(child, png())
    assert not Attachment.objects.exists()


def test_another_site_cannot_add_a_picture(child: Client) -> None:
    enter_with(child, draft_of("fraud"))
    child.defaults["HTTP_SEC_FETCH_SITE"] = "cross-site"
    assert upload(child, png()).status_code == 403
    assert not Attachment.objects.exists()


# --- the scanner ------------------------------------------------------------------------------------------------------


def scanner_that(settings: Settings, tmp_path: Path, says: str) -> None:
    script = tmp_path / "scanner.py"
    script.write_text(f"import sys\nsys.stdin.buffer.read()\n{says}\n")
    settings.SCANNER = f"{sys.executable} {script}"


def test_without_a_scanner_the_file_says_so() -> None:
    assert keep_file(draft_of("fraud"), content=png()).scan == "none"


def test_a_clean_file_is_open_and_an_infected_one_is_not_kept(settings: Settings, tmp_path: Path) -> None:
    scanner_that(settings, tmp_path, "sys.exit(0)")
    report = draft_of("fraud")
    assert keep_file(report, content=png()).scan == "clean"
    scanner_that(settings, tmp_path, "sys.exit(1)")
    with pytest.raises(FileRefusedError, match="infected"):
        keep_file(report, content=jpeg())
    assert len(attachments_of(report)) == 1


@pytest.mark.parametrize("says", ["sys.exit(2)", "import os; os.kill(os.getpid(), 9)"])
def test_a_scanner_that_fails_leaves_the_file_closed_until_it_answers(
    settings: Settings, tmp_path: Path, says: str
) -> None:
    scanner_that(settings, tmp_path, says)
    report = draft_of("fraud")
    assert keep_file(report, content=png()).blocked
    assert scan_again() == 0
    scanner_that(settings, tmp_path, "sys.exit(0)")
    assert scan_again() == 1
    assert (kept(report).scan, kept(report).blocked) == ("clean", False)


def test_a_file_that_turns_out_infected_later_is_destroyed(settings: Settings, tmp_path: Path) -> None:
    settings.SCANNER = "/nowhere/scanner"
    report = draft_of("fraud")
    keep_file(report, content=png())
    scanner_that(settings, tmp_path, "sys.exit(1)")
    assert scan_again() == 1
    assert not attachments_of(report)
