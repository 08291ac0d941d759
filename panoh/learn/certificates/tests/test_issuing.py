"""A certificate is issued once, signed by the worker, and says what it says for ever."""

import io
import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import pypdf
import pytest
from django.conf import settings
from django.db import connection, connections

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault
from panoh.learn.certificates import codes, services, signing, statuses
from panoh.learn.certificates.errors import CertificateRefusedError, SigningKeyError
from panoh.learn.certificates.models import Achievement, Certificate, IssuerKey, KeyState, Status, StatusList
from panoh.learn.certificates.queries import export, keys, reading

from .conftest import CRITERIA, NAMES, Issue

pytestmark = pytest.mark.django_db


def test_a_code_that_was_copied_wrongly_is_no_code() -> None:
    code = codes.new_certificate_code()
    assert codes.read_code(f" {code[:7].lower()}-{code[7:].lower()} ") == code
    wrong = code[:3] + ("2" if code[3] != "2" else "3") + code[4:]
    assert codes.read_code(wrong) == ""
    assert codes.read_code("0" * 14) == codes.read_code("") == ""


def test_two_calls_for_one_person_give_one_certificate(course: Achievement) -> None:
    person = uuid4()
    first, second = (
        services.issue_certificate(achievement="security", holder_name=("Aziz Karimov", ""), person=person)
        for _time in range(2)
    )
    assert first.pk == second.pk
    assert Certificate.objects.count() == 1
    assert [entry.verb for entry in audit.trail(first.number)] == ["certificate.issued"]


def test_the_worker_signs_and_an_altered_credential_is_refused(issue: Issue) -> None:
    one = issue()
    key = IssuerKey.objects.get()
    credential = reading.credential_of(one)
    assert signing.is_signed_by(credential, key.multibase)
    assert credential["credentialSubject"]["creditsEarned"] == 72
    assert credential["credentialSubject"]["licenseNumber"] == one.number
    altered: list[dict[str, Any]] = [{"creditsEarned": 720}, {"identifier": []}]
    for wrong in altered:
        forged = {**credential, "credentialSubject": {**credential["credentialSubject"], **wrong}}
        assert not signing.is_signed_by(forged, key.multibase)
    assert not signing.is_signed_by({**credential, "validFrom": "2020-01-01T00:00:00Z"}, key.multibase)
    assert not signing.is_signed_by({**credential, "proof": {}}, key.multibase)


def test_the_name_lies_in_no_column_in_the_clear(issue: Issue) -> None:
    one = issue("Xurshida Gʻulomova", "Хуршида Ғуломова")
    row = Certificate.objects.filter(pk=one.pk).values().get()
    said = b" ".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in row.values()
    )
    assert b"Xurshida" not in said
    assert "Хуршида".encode() not in said


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "kaa", "ru", "en"])
def test_the_paper_is_tagged_small_and_in_the_holders_language(issue: Issue, language: str) -> None:
    one = issue(language=language)
    paper = reading.pdf_of(one)
    assert len(paper) <= 25_000
    catalog: Any = pypdf.PdfReader(io.BytesIO(paper)).trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"].split("-")[0] == {"uz-cyrl": "uz"}.get(language, language)
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in catalog["/Metadata"].get_data()
    text = pypdf.PdfReader(io.BytesIO(paper)).pages[0].extract_text()
    assert one.shown_code in text
    assert "Гулнора Каримова" in text
    assert "Gulnora Karimova" in text
    assert figures(catalog["/StructTreeRoot"])[0].endswith(f"/c/{one.code}")


def figures(node: object) -> list[str]:
    """What is read aloud in place of each picture."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        return [found for one in node for found in figures(one)]
    if not isinstance(node, dict):
        return []
    mine = [str(node["/Alt"])] if node.get("/S") == "/Figure" else []
    return mine + (figures(node["/K"]) if "/K" in node else [])


def test_a_name_of_sixty_four_letters_stands_on_one_page_and_one_more_is_refused(issue: Issue) -> None:
    one = issue("W" * 31 + " " + "W" * 32, "Ж" * 31 + " " + "Ж" * 32, language="ru")
    assert len(pypdf.PdfReader(io.BytesIO(reading.pdf_of(one))).pages) == 1
    with pytest.raises(CertificateRefusedError):
        issue("W" * 65)


@pytest.mark.parametrize("name", ["", "李小龙", "Aziz 😀", "Aziz\u202eK"])
def test_a_name_that_cannot_be_printed_is_refused_aloud(issue: Issue, name: str) -> None:
    with pytest.raises(CertificateRefusedError):
        issue(name)


def test_every_letter_of_our_languages_can_stand_in_a_name(issue: Issue) -> None:
    issue("Oʻgʻil Gʻulom ÁǴÍŃÓÚ áǵıńóú", "Ўқғҳ Әңөү Щербаков", language="kaa")


def test_revoking_supersedes_nothing_raises_a_bit_and_is_written_down(issue: Issue, coordinator: User) -> None:
    one = issue()
    services.revoke_certificate(one, reason="misuse", by=coordinator)
    services.sign_what_waits()
    one.refresh_from_db()
    assert (one.status, one.reason) == (Status.REVOKED, "misuse")
    listed = keys.status_list(one.status_list)
    assert listed is not None
    assert statuses.is_raised(listed["credentialSubject"]["encodedList"], one.status_index)
    assert not statuses.is_raised(listed["credentialSubject"]["encodedList"], (one.status_index + 1) % statuses.BITS)
    assert signing.is_signed_by(listed, IssuerKey.objects.get().multibase)
    with pytest.raises(CertificateRefusedError):
        services.revoke_certificate(one, reason="misuse", by=coordinator)


def test_only_who_issues_may_revoke(issue: Issue, editor: User) -> None:
    with pytest.raises(CertificateRefusedError):
        services.revoke_certificate(issue(), reason="misuse", by=editor)


def test_a_new_name_gives_a_new_certificate_that_knows_the_old_one(issue: Issue, coordinator: User) -> None:
    old = issue("Gulnora Karimova")
    name = ("Gulnora Rahimova", "Гулнора Раҳимова")
    new = services.reissue_certificate(old, holder_name=name, reason="name_changed", by=coordinator)
    services.sign_what_waits()
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.status, new.status, new.supersedes) == (Status.SUPERSEDED, Status.ISSUED, old)
    assert reading.holder_of(new).latin == "Gulnora Rahimova"
    assert new.valid_from == old.valid_from
    assert [event.verb for event in old.events.all()] == ["issued", "signed", "superseded"]


def test_what_its_holder_withdraws_has_no_name_anywhere(issue: Issue) -> None:
    one = issue()
    with pytest.raises(CertificateRefusedError):
        services.withdraw_certificate(one.code, person=uuid4())
    services.withdraw_certificate(one.code, person=one.person)
    one.refresh_from_db()
    assert one.status == Status.WITHDRAWN
    for read in (reading.holder_of, reading.credential_of, reading.pdf_of):
        with pytest.raises(vault.ErasedError):
            read(one)
    exported = export.export_of(one.person)
    assert "holder" not in exported[0]


def test_what_holds_is_exported_to_its_holder_whole(issue: Issue) -> None:
    one = issue()
    (said,) = export.export_of(one.person)
    assert said["holder"] == {"latin": "Gulnora Karimova", "cyrillic": "Гулнора Каримова"}
    assert said["credential"]["proof"]["cryptosuite"] == "eddsa-jcs-2022"


def test_after_a_rotation_old_signatures_hold_and_old_keys_stand_published(issue: Issue) -> None:
    one = issue()
    old = IssuerKey.objects.get()
    new = services.make_key(actor="system")
    services.sign_what_waits()
    one.refresh_from_db()
    assert one.key == old
    document = keys.issuer_page()
    assert [method["publicKeyMultibase"] for method in document["verificationMethod"]] == [old.multibase, new.multibase]
    assert len(document["assertionMethod"]) == 2


def test_the_drill_after_a_lost_key_signs_everything_again(issue: Issue, administrator: User, tmp_path: Path) -> None:
    one = issue()
    lost = IssuerKey.objects.get()
    paper = one.pdf_sha256
    services.compromise_key(lost, by=administrator)
    assert services.sign_what_waits() == 1
    one.refresh_from_db()
    new = IssuerKey.objects.get(state=KeyState.ACTIVE)
    assert one.key == new
    assert one.pdf_sha256 == paper
    assert signing.is_signed_by(reading.credential_of(one), new.multibase)
    assert lost.multibase not in (tmp_path / "signing.key").read_text().split("\n")[-1]
    document = keys.issuer_page()
    assert document["assertionMethod"] == [f"{document['id']}#{new.fragment}"]
    assert not StatusList.objects.filter(key=lost).exists()


def test_a_key_file_that_others_may_read_is_refused(issue: Issue) -> None:
    issue()
    os.chmod(settings.SIGNING_FILE, 0o644)
    with pytest.raises(SigningKeyError):
        services.sign_what_waits()


def test_production_makes_no_key_by_itself(issue: Issue, course: Achievement, settings: object) -> None:
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    with pytest.raises(SigningKeyError):
        services.sign_what_waits()


def test_names_go_years_after_the_end_and_not_before(issue: Issue, coordinator: User) -> None:
    from datetime import timedelta

    from django.utils import timezone

    held, ended = issue(), issue("Aziz Karimov", "Азиз Каримов")
    services.revoke_certificate(ended, reason="misuse", by=coordinator)
    assert services.forget_certificates(timezone.now() - timedelta(days=1)) == 0
    assert services.forget_certificates(timezone.now() + timedelta(days=1)) == 1
    held.refresh_from_db()
    assert reading.holder_of(held).latin == "Gulnora Karimova"


def test_words_that_no_font_can_print_are_refused_when_the_course_is_kept(coordinator: User) -> None:
    with pytest.raises(CertificateRefusedError):
        services.keep_achievement("x", kind="course", names={**NAMES, "en": "安全"}, criteria=CRITERIA, by=coordinator)
    with pytest.raises(CertificateRefusedError):
        services.keep_achievement("x", kind="course", names={**NAMES, "kaa": ""}, criteria=CRITERIA, by=coordinator)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_one_in_the_database() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer")
    services.keep_achievement("security", kind="course", names=NAMES, criteria=CRITERIA)
    person = uuid4()

    def issue_now(_number: int) -> int:
        try:
            return services.issue_certificate(
                achievement="security", holder_name=("Aziz Karimov", ""), person=person
            ).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(issue_now, range(6)))) == 1
    assert Certificate.objects.filter(status=Status.ISSUED).count() == 1
