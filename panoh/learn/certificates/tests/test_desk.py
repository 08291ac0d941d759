"""Certificates at the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from panoh.ground.accounts.public import User
from panoh.learn.certificates import services
from panoh.learn.certificates.models import Achievement, Certificate, CertificateDesign, IssuerKey, KeyState, Status

from .conftest import CRITERIA, NAMES, Issue

pytestmark = pytest.mark.django_db
HOME = "/desk/certificates/"


@pytest.fixture
def issuing(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator)
    return client


def test_a_coordinator_issues_for_a_list_sees_every_row_and_takes_it_back(issuing: Client, course: Achievement) -> None:
    file = SimpleUploadedFile("a.csv", "name;id\nAziz Karimov;1\n李;2\n".encode())
    sent = issuing.post(
        f"{HOME}rosters/issue/", {"achievement": course.code, "language": "uz", "file": file, "place": "Nukus"}
    )
    assert sent.status_code == 302
    one = Certificate.objects.get()
    page = issuing.get(sent["Location"]).content.decode()
    assert one.number in page
    assert issuing.get(HOME, {"q": one.number}).content.decode().count(one.code) == 1
    issuing.post(f"{sent['Location']}undo/")
    one.refresh_from_db()
    assert one.status == Status.REVOKED


def test_a_file_that_is_no_list_is_asked_again(issuing: Client, course: Achievement) -> None:
    typed = {"achievement": course.code, "language": "uz", "file": SimpleUploadedFile("a.csv", b"PK\x03\x04junk")}
    assert "error-summary" in issuing.post(f"{HOME}rosters/issue/", typed).content.decode()


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


def test_an_editor_makes_a_version_looks_at_it_and_issues_nothing(client: Client, editor: User, issue: Issue) -> None:
    one = issue()
    client.force_login(editor)
    fields = client.get(f"{HOME}designs/").context["form"]
    typed = {name: field.initial for name, field in fields.fields.items()} | {"accent": "night"}
    client.post(f"{HOME}designs/", typed)
    made = CertificateDesign.objects.get(version=2)
    assert client.get(f"{HOME}designs/{made.pk}/preview.pdf").content.startswith(b"%PDF")
    assert client.get(f"{HOME}rosters/issue/").status_code == 403
    assert client.post(f"{HOME}{one.code}/revoke/", {"reason": "misuse"}).status_code == 403


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
