"""Notes that keep every wording, documents that are what they say, and what the child hears."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from panoh.care.cases import services
from panoh.care.cases.documents import MOST_BYTES, kind_of
from panoh.care.cases.errors import CaseRefusedError
from panoh.care.cases.models import Case, Document, Note, NoteVersion
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .case_cast import a_talk, at, browser, key

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40 + b"\0\0\0\0IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 40 + b"\xff\xd9"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"), (PNG, "image/png"), (JPEG, "image/jpeg"), ("Salom, ўзбек\n".encode(), "text/plain"),
        (b"", ""), (b"MZ\x90\0", ""), (b"GIF89a", ""), (b"PK\x03\x04zip", ""), (b"\xff\xfe\0", ""),
        (PNG + b"PK\x03\x04", ""), (JPEG + b"<?php", ""), (PDF + b"PK\x03\x04.....PK\x05\x06", ""),
        (PDF.replace(b"<<>>", b"<</JavaScript 1>>"), ""), (b"<html><script>a()</script>", ""), (b"GIF89a" + PDF, ""),
        (b"a" * (MOST_BYTES + 1), ""), (PNG[:-4], ""), (b"text\0with a nul", ""),
    ],
)  # fmt: skip
def test_a_file_is_what_its_content_says_or_nothing(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind


@pytest.mark.django_db
def test_a_note_sent_twice_is_one_and_a_changed_one_keeps_what_it_said(
    case: Case, worker: User, supervisor: User
) -> None:
    mine, sent = browser(worker), {"body": "Onasi bilan gaplashdim.", "key": key()}
    for _again in range(2):
        mine.post(at("add_note", case), sent)
    note = Note.objects.get()
    mine.post(at("change_note", case, note.pk), {"body": "Buvisi bilan gaplashdim."})
    page = mine.get(at("case", case) + "?part=notes").content.decode()
    assert "Buvisi bilan gaplashdim." in page
    assert "Onasi bilan gaplashdim." in page
    assert NoteVersion.objects.count() == 2
    assert all(b"gaplashdim" not in bytes(one.body) for one in NoteVersion.objects.all())
    with pytest.raises(CaseRefusedError):
        services.change_note(note, body="Not mine", by=supervisor)


@pytest.mark.django_db
def test_a_document_is_sealed_and_comes_back_as_a_download(case: Case, worker: User) -> None:
    mine = browser(worker)
    file = SimpleUploadedFile("passport of Karimova.pdf", PDF, content_type="text/html")
    assert mine.post(at("add_document", case), {"title": "School letter", "file": file}).status_code == 302
    document = Document.objects.get()
    assert PDF not in bytes(document.content)
    answer = mine.get(at("open_document", case, document.pk))
    assert answer.content == PDF
    assert answer["Content-Disposition"] == f'attachment; filename="{case.reference}.pdf"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert "document.opened" in [entry.verb for entry in audit.trail(case.reference)]


@pytest.mark.django_db
def test_a_file_of_two_faces_and_one_that_is_too_big_are_refused(case: Case, worker: User) -> None:
    mine = browser(worker)
    double = SimpleUploadedFile("a.png", PNG + b"<script>alert(1)</script>")
    assert mine.post(at("add_document", case), {"title": "x", "file": double}).status_code == 422
    big = SimpleUploadedFile("a.txt", b"a" * (MOST_BYTES + 60_000))
    answer = mine.post(at("add_document", case), {"title": "x", "file": big}, follow=True)
    assert "bigger than 2 MB" in answer.content.decode()
    assert not Document.objects.exists()


@pytest.mark.django_db
def test_an_upload_without_its_form_token_is_refused(case: Case, worker: User) -> None:
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(worker)
    file = SimpleUploadedFile("a.pdf", PDF)
    assert strict.post(at("add_document", case), {"title": "x", "file": file}).status_code == 403


@pytest.mark.django_db
def test_the_child_hears_what_became_of_it_once(case: Case, worker: User) -> None:
    conversation = a_talk(case, by=worker)
    told = {"of": conversation.reference, "words": "Biz gaplashdik. Endi xavfsizsan.", "key": key()}
    for _again in range(2):
        assert browser(worker).post(at("tell_child", case), told).status_code == 302
    said = [line.text for line in talks.all_lines(conversation) if line.direction == "out"]
    assert said == ["Biz gaplashdik. Endi xavfsizsan."]
    assert "child.told" in [entry.verb for entry in audit.trail(case.reference)]


@pytest.mark.django_db
def test_a_talk_that_is_not_tied_to_the_case_is_not_told(case: Case, worker: User) -> None:
    other = talks.open_conversation(channel="web", language="uz")
    answer = browser(worker).post(at("tell_child", case), {"of": other.reference, "words": "Salom"})
    assert answer.status_code == 422
    with pytest.raises(CaseRefusedError):
        services.tell_child(case, other, words="Salom", by=worker)
