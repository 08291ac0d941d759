"""A passed course gives its certificate: once, in the name its holder looked at, and the holder may take it back."""

import io
import json
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from panoh.ground.accounts.public import Learner, User
from panoh.learn.certificates import public as certificates

from ..models import Course
from .sitting import begun, sat

pytestmark = pytest.mark.django_db
ASK = "/uz/courses/short-course/certificate/"
SignIn = Callable[..., Learner]


@pytest.fixture
def teacher(client: Client, sign_in_learner: SignIn, course: Course) -> Learner:
    """Passed the course, and has looked at her name."""
    learner = sign_in_learner(client, name="Malika Karimova", cyrillic="Малика Каримова")
    sat(begun(course, learner=learner))
    return learner


def test_who_passed_gets_one_certificate_however_often_they_ask(client: Client, teacher: Learner) -> None:
    first, again = client.post(ASK), client.post(ASK)
    assert first.status_code == 302
    assert first["Location"] == again["Location"]
    (issued,) = certificates.certificates_of(teacher.pk)
    assert first["Location"] == f"/c/{issued.code}?lang=uz"
    page = client.get(first["Location"]).content.decode()
    assert "Malika Karimova" in page
    assert "Малика Каримова" in page


def test_the_learners_page_shows_it_and_their_data_hold_it(client: Client, teacher: Learner) -> None:
    client.post(ASK)
    (issued,) = certificates.certificates_of(teacher.pk)
    assert f"/c/{issued.code}" in client.get("/uz/courses/mine/").content.decode()
    assert issued.code in client.get(reverse("learner:download")).content.decode()


def test_the_holder_takes_all_certificates_home_in_one_file_and_nobody_else_does(
    client: Client, teacher: Learner, sign_in_learner: SignIn
) -> None:
    client.post(ASK)
    (issued,) = certificates.certificates_of(teacher.pk)
    there = "/uz/courses/mine/certificates.zip"
    assert there in client.get("/uz/courses/mine/").content.decode()
    with zipfile.ZipFile(io.BytesIO(client.get(there).content)) as packed:
        (said,) = json.loads(packed.read("certificates.json"))
    assert said["code"] == issued.code
    stranger = Client()
    assert stranger.get(there).status_code == 302
    sign_in_learner(stranger, "olim@example.test")
    with zipfile.ZipFile(io.BytesIO(stranger.get(there).content)) as packed:
        assert json.loads(packed.read("certificates.json")) == []


def test_nobody_gets_one_for_a_test_that_was_not_passed(
    client: Client, sign_in_learner: SignIn, course: Course
) -> None:
    learner = sign_in_learner(client, name="Olim Rahimov", cyrillic="Олим Раҳимов")
    sat(begun(course, learner=learner), right=0)
    assert client.post(ASK).status_code == 409
    assert certificates.certificates_of(learner.pk) == []


def test_a_name_that_nobody_looked_at_is_not_printed(client: Client, sign_in_learner: SignIn, course: Course) -> None:
    learner = sign_in_learner(client)
    sat(begun(course, learner=learner))
    assert client.post(ASK).status_code == 409
    assert certificates.certificates_of(learner.pk) == []


@pytest.mark.parametrize(("reason", "status"), [("misuse", 409), ("issued_in_error", 302)])
def test_who_lost_it_for_misuse_gets_no_other_by_asking_or_by_taking_it_back(
    client: Client, teacher: Learner, administrator: User, reason: str, status: int
) -> None:
    client.post(ASK)
    (issued,) = certificates.certificates_of(teacher.pk)
    desk = Client()
    desk.force_login(administrator)
    desk.post(f"/desk/certificates/{issued.code}/revoke/", {"reason": reason})
    client.post(f"/uz/courses/certificates/{issued.code}/take-back/")
    assert client.post(ASK).status_code == status
    assert len(certificates.certificates_of(teacher.pk)) == (2 if status == 302 else 1)


def test_the_holder_takes_it_back_and_the_name_is_gone(client: Client, teacher: Learner) -> None:
    client.post(ASK)
    (issued,) = certificates.certificates_of(teacher.pk)
    for _twice in range(2):
        assert client.post(f"/uz/courses/certificates/{issued.code}/take-back/").status_code == 302
    assert "Malika Karimova" not in client.get(f"/c/{issued.code}").content.decode()


def test_nobody_takes_back_what_is_another_persons(client: Client, teacher: Learner, sign_in_learner: SignIn) -> None:
    client.post(ASK)
    (issued,) = certificates.certificates_of(teacher.pk)
    stranger = Client()
    sign_in_learner(stranger, "olim@example.test")
    stranger.post(f"/uz/courses/certificates/{issued.code}/take-back/")
    assert "Malika Karimova" in client.get(f"/c/{issued.code}").content.decode()
