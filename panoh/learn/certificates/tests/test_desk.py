"""Certificates at the desk."""

import io
import json
import zipfile

import pytest
from django.test import Client

from panoh.ground.accounts.public import User
from panoh.learn.certificates import services
from panoh.learn.certificates.models import Achievement, Certificate, IssuerKey, KeyState, Status

from .conftest import CRITERIA, NAMES, Issue

pytestmark = pytest.mark.django_db
HOME = "/desk/certificates/"


@pytest.fixture
def issuing(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def test_a_certificate_is_shown_issued_anew_and_revoked(issuing: Client, issue: Issue) -> None:
    old = issue()
    assert "Gulnora Karimova" in issuing.get(f"{HOME}{old.code}/").content.decode()
    issuing.post(f"{HOME}{old.code}/reissue/", {"latin": "Gulnora Rahimova", "reason": "name_changed"})
    new = Certificate.objects.get(supersedes=old)
    issuing.post(f"{HOME}{new.code}/revoke/", {"reason": "misuse"})
    new.refresh_from_db()
    assert new.status == Status.REVOKED


def test_what_it_is_given_for_is_kept_at_the_desk(issuing: Client) -> None:
    typed = {"code": "forum-2026", "kind": "event", "hours": "8"}
    typed |= {f"name_{code}": said for code, said in NAMES.items()}
    typed |= {f"criteria_{code}": said for code, said in CRITERIA.items()}
    assert issuing.post(f"{HOME}achievements/keep/", typed).status_code == 302
    assert Achievement.objects.get().kind == "event"


def test_an_editor_sees_certificates_and_neither_issues_nor_ends_one(
    client: Client, editor: User, issue: Issue
) -> None:
    one = issue()
    client.force_login(editor)
    assert client.get(f"{HOME}{one.code}/").status_code == 200
    assert client.get(f"{HOME}rosters/add/").status_code == 403
    assert client.get(f"{HOME}{one.code}/export.zip").status_code == 403
    assert client.post(f"{HOME}{one.code}/revoke/", {"reason": "misuse"}).status_code == 403


def test_the_desk_says_of_an_old_one_that_it_is_superseded_and_leads_both_ways(issuing: Client, issue: Issue) -> None:
    old = issue()
    typed = {"latin": "Gulnora Rahimova", "cyrillic": "Гулнора Раҳимова", "reason": "name_changed"}
    issuing.post(f"{HOME}{old.code}/reissue/", typed)
    new = Certificate.objects.get(supersedes=old)
    before, after = (issuing.get(f"{HOME}{one.code}/").content.decode() for one in (old, new))
    assert f"{HOME}{new.code}/" in before
    assert f"{HOME}{old.code}/" in after
    assert "Gulnora Karimova" in before
    assert "Гулнора Раҳимова" in after


def test_a_holder_who_asks_gets_everything_as_json_with_the_papers(issuing: Client, issue: Issue) -> None:
    old = issue()
    services.reissue_certificate(old, holder_name=("Gulnora Rahimova", ""), reason="name_changed")
    services.sign_what_waits()
    with zipfile.ZipFile(io.BytesIO(issuing.get(f"{HOME}{old.code}/export.zip").content)) as packed:
        said = json.loads(packed.read("certificates.json"))
        papers = [packed.read(name) for name in packed.namelist() if name.endswith(".pdf")]
    assert [one["holder"]["latin"] for one in said] == ["Gulnora Rahimova", "Gulnora Karimova"]
    assert [one["status"] for one in said] == ["issued", "superseded"]
    assert [paper[:4] for paper in papers] == [b"%PDF"] * 2


def test_only_an_administrator_turns_keys(client: Client, administrator: User, coordinator: User, issue: Issue) -> None:
    issue()
    client.force_login(coordinator)
    assert client.post(f"{HOME}keys/rotate/").status_code == 403
    client.force_login(administrator)
    key = IssuerKey.objects.get()
    client.post(f"{HOME}keys/{key.pk}/compromise/")
    services.sign_what_waits()
    assert key.multibase in client.get(f"{HOME}keys/").content.decode()
    assert IssuerKey.objects.get(state=KeyState.ACTIVE) != key
