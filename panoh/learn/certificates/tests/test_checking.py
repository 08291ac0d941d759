"""A code answers for ever, with every printed fact, without signing in and without JavaScript."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from panoh.ground.accounts.public import User
from panoh.learn.certificates import codes, services
from panoh.learn.certificates.models import Certificate, DailyChecks
from panoh.learn.certificates.queries import reading
from panoh.learn.certificates.views import street

from .conftest import Issue

pytestmark = pytest.mark.django_db


def said(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru", "en", "kaa"])
def test_every_printed_fact_stands_on_the_page(anonymous: Client, issue: Issue, language: str) -> None:
    facts = {"from": "2026-11-01", "until": "2026-11-20", "place": "Nukus", "role": "Trener"}
    one = issue(language=language, facts=facts)
    page = said(anonymous, f"/c/{one.code}?lang={language}")
    paper = reading.paper_of(one)
    shown = [paper.name, paper.other_name, paper.achievement, paper.criteria, *(line.said for line in paper.lines)]
    assert [fact for fact in shown if fact not in page] == []
    assert 'data-state="valid"' in page


def test_the_day_of_issue_is_that_of_the_country_and_not_of_greenwich(anonymous: Client, issue: Issue) -> None:
    one = issue()
    Certificate.objects.filter(pk=one.pk).update(issued_at=datetime(2026, 11, 22, 20, 30, tzinfo=UTC))
    assert "2026-yil 23-noyabr" in said(anonymous, f"/c/{one.code}?lang=uz")


def test_the_page_leads_to_itself_as_the_paper_is_written(anonymous: Client, issue: Issue) -> None:
    one = issue(language="uz-cyrl")
    link = f'<a href="/c/{one.code}?lang=uz-cyrl" lang="uz-Cyrl" hreflang="uz-Cyrl">'
    assert link in said(anonymous, f"/c/{one.code}?lang=ru").partition("<main")[2]
    assert link not in said(anonymous, f"/c/{one.code}?lang=uz-cyrl").partition("<main")[2]


def test_the_address_forgives_case_and_hyphens(anonymous: Client, issue: Issue) -> None:
    one = issue()
    assert 'data-state="valid"' in said(anonymous, f"/c/{one.shown_code.lower()}")
    assert anonymous.get("/c/", {"code": one.shown_code})["Location"] == f"/c/{one.code}"


def test_a_revoked_one_says_so_with_its_day(anonymous: Client, issue: Issue, coordinator: User) -> None:
    one = issue()
    services.revoke_certificate(one, reason="misuse", by=coordinator)
    page = said(anonymous, f"/c/{one.code}?lang=en")
    assert 'data-state="revoked"' in page
    assert "it was misused" in page


def test_a_superseded_one_leads_to_the_newer(anonymous: Client, issue: Issue) -> None:
    old = issue()
    new = services.reissue_certificate(old, holder_name=("Gulnora Rahimova", ""), reason="name_changed")
    page = said(anonymous, f"/c/{old.code}")
    assert 'data-state="superseded"' in page
    assert f"/c/{new.code}" in page


def test_a_withdrawn_one_has_no_name_and_no_files(anonymous: Client, issue: Issue) -> None:
    one = issue()
    services.withdraw_certificate(one.code, person=one.person)
    page = said(anonymous, f"/c/{one.code}")
    assert 'data-state="withdrawn"' in page
    assert "Gulnora" not in page
    for file in ("certificate.pdf", "credential.json", "saved.html"):
        said(anonymous, f"/c/{one.code}/{file}", 404)


def test_an_expired_one_says_so(anonymous: Client, issue: Issue) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from panoh.learn.certificates.models import Certificate

    one = issue()
    Certificate.objects.filter(pk=one.pk).update(valid_until=timezone.now() - timedelta(days=1))
    assert 'data-state="expired"' in said(anonymous, f"/c/{one.code}")


def test_an_unknown_code_is_a_page_that_helps(anonymous: Client, db: None) -> None:
    invented = said(anonymous, f"/c/{codes.new_certificate_code()}?lang=en", 404)
    slip = said(anonymous, "/c/ABCDEFGHJKMNPA?lang=en", 404)
    assert "It may be invented" in invented
    assert "A letter of it is wrong" in slip


def test_a_flood_of_guesses_locks_nobody_out(anonymous: Client, issue: Issue, monkeypatch: pytest.MonkeyPatch) -> None:
    one = issue()
    monkeypatch.setattr(street, "MOST_MISSES", 0)
    said(anonymous, "/c/nothing", 429)
    assert 'data-state="valid"' in said(anonymous, f"/c/{one.code}")


def test_a_page_asks_for_no_cookie_and_no_search_engine(anonymous: Client, issue: Issue) -> None:
    answer = anonymous.get(f"/c/{issue().code}")
    assert not answer.cookies
    assert answer["X-Robots-Tag"] == "noindex"


def judged(client: Client, content: bytes) -> str:
    return client.post("/c/check/?lang=en", {"file": SimpleUploadedFile("a", content)}).content.decode()


def test_a_tampered_file_is_refused_and_a_genuine_one_is_not(anonymous: Client, issue: Issue) -> None:
    one = issue()
    paper = anonymous.get(f"/c/{one.code}/certificate.pdf").content
    credential: dict[str, Any] = anonymous.get(f"/c/{one.code}/credential.json").json()
    assert "This file is genuine" in judged(anonymous, paper)
    assert "This file is genuine" in judged(anonymous, json.dumps(credential).encode())
    credential["credentialSubject"]["creditsEarned"] = 720
    assert "not as we made it" in judged(anonymous, json.dumps(credential).encode())
    assert "not as we made it" in judged(anonymous, paper.replace(b"/Title", b"/Tatle"))
    for nonsense in (b"", b"[1]", b"{}", b"\xff\x00"):
        assert "no certificate of ours" in judged(anonymous, nonsense)


def test_issuer_and_list_are_open_to_any_verifier(anonymous: Client, issue: Issue) -> None:
    one = issue()
    document = anonymous.get("/.well-known/did.json")
    listed = anonymous.get(f"/c/status/{one.status_list}")
    assert document["Access-Control-Allow-Origin"] == listed["Access-Control-Allow-Origin"] == "*"
    assert document.json()["assertionMethod"]
    assert listed.json()["credentialSubject"]["statusPurpose"] == "revocation"
    said(anonymous, "/c/status/99", 404)


def test_the_saved_page_carries_all_it_needs(anonymous: Client, issue: Issue) -> None:
    page = said(anonymous, f"/c/{issue().code}/saved.html")
    assert "eddsa-jcs-2022" in page
    assert "crypto.subtle" in page
    assert "src=" not in page


def test_look_ups_are_counted_by_day_alone(anonymous: Client, issue: Issue) -> None:
    services.write_checks()
    before = sum(DailyChecks.objects.filter(answer="valid").values_list("number", flat=True))
    for _time in range(2):
        anonymous.get(f"/c/{issue().code}")
    services.write_checks()
    assert sum(DailyChecks.objects.filter(answer="valid").values_list("number", flat=True)) == before + 2
    assert {field.name for field in DailyChecks._meta.get_fields()} == {"id", "day", "answer", "number"}
