"""A facilitator's group: made, joined, followed and reminded, without a look into anybody's answers."""

import io
import re
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import pairwise

import openpyxl
import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from panoh.ground.accounts.public import Learner, Role, User
from panoh.ground.notify import public as notify
from panoh.learn.academy import services
from panoh.learn.academy.models import Cohort, CohortMember, Course, Enrolment, Invitation

pytestmark = pytest.mark.django_db
SignIn = Callable[..., Learner]
ROSTER = (
    "Ism;E-mail;Viloyat\nMalika Karimova;malika@example.test;Toshkent shahri\nAli;ali@;\n"
    "Malika again;MALIKA@example.test;\nOlim;olim@example.test;Narniya\n"
)


@pytest.fixture
def facilitator(person: Callable[..., User]) -> User:
    return person(Role.FACILITATOR, name="Nodira")


@pytest.fixture
def cohort(course: Course, facilitator: User) -> Cohort:
    return services.make_cohort(course, name="12-maktab", region="UZ-TK", by=facilitator)


@pytest.fixture
def staff(facilitator: User) -> Client:
    client = Client()
    client.force_login(facilitator)
    return client


def letters() -> list[str]:
    notify.deliver_due()
    return [str(one.body) for one in mail.outbox]


def link_in(letter: str) -> str:
    found = re.search(r"/\S+/courses/invited/\S+/", letter)
    assert found
    return "/uz/courses/invited/" + found[0].rstrip("/").rsplit("/", 1)[1] + "/"


def invite(staff: Client, cohort: Cohort, text: str = ROSTER, name: str = "list.csv") -> str:
    file = SimpleUploadedFile(name, text.encode())
    answer = staff.post(f"/desk/groups/{cohort.code}/invite/", {"file": file, "language": "uz"})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_group_is_made_at_the_desk(course: Course, staff: Client) -> None:
    answer = staff.post("/desk/groups/add/", {"name": "Kuz", "course": course.code, "region": "", "district": ""})
    made = Cohort.objects.get()
    assert answer["Location"] == f"/desk/groups/{made.code}/"
    assert made.join_code in staff.get(answer["Location"]).content.decode()
    assert "Kuz" in staff.get("/desk/groups/").content.decode()


def test_another_facilitators_group_is_not_there_and_a_coordinators_are_all(
    cohort: Cohort, person: Callable[..., User]
) -> None:
    for role, status in ((Role.FACILITATOR, 404), (Role.TRAINING_COORDINATOR, 200), (Role.COUNSELLOR, 403)):
        client = Client()
        client.force_login(person(role, name=f"other {role}"))
        assert client.get(f"/desk/groups/{cohort.code}/").status_code == status, role


def test_each_row_of_a_list_has_its_outcome(cohort: Cohort, staff: Client) -> None:
    page = invite(staff, cohort)
    assert page.count("badge-warning") == 3
    invitation = Invitation.objects.get()
    assert (invitation.region, invitation.status) == ("UZ-TK", "sent")
    assert len(letters()) == 1


def test_an_excel_file_is_read_as_well(cohort: Cohort, staff: Client) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet
    for row in (("F.I.Sh.", "Email"), ("Malika", "malika@example.test"), ("Olim", "olim@example.test")):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("list.xlsx", out.getvalue())
    assert staff.post(f"/desk/groups/{cohort.code}/invite/", {"file": file, "language": "ru"}).status_code == 200
    assert Invitation.objects.count() == 2


@pytest.mark.parametrize("text", ["name;phone\nA;1\n", "\0\0", "PK nothing"])
def test_a_file_that_is_no_list_invites_nobody(cohort: Cohort, staff: Client, text: str) -> None:
    assert "field-wrong" in invite(staff, cohort, text) or "error" in invite(staff, cohort, text)
    assert not Invitation.objects.exists()


def test_the_letters_link_brings_a_learner_into_the_group(
    cohort: Cohort, staff: Client, client: Client, sign_in_learner: SignIn
) -> None:
    invite(staff, cohort)
    link = link_in(letters()[0])
    assert client.get(link).status_code == 200
    assert client.post(link, {"back": link})["Location"].startswith("/uz/account/sign-in/")
    learner = sign_in_learner(client, "another@example.test", name="Malika Karimova")
    assert client.post(link)["Location"] == "/uz/courses/short-course/passwords/long-words/1/"
    enrolment = Enrolment.objects.get()
    assert (enrolment.learner, enrolment.source) == (learner, "roster")
    assert client.post(link).status_code == 302
    assert CohortMember.objects.count() == 1
    other = Client()
    sign_in_learner(other, "third@example.test")
    assert other.post(link).status_code == 409


def test_the_link_of_the_group_works_until_it_is_renewed_or_the_group_closed(
    cohort: Cohort, staff: Client, client: Client, sign_in_learner: SignIn
) -> None:
    sign_in_learner(client)
    link = f"/uz/courses/join/{cohort.join_code}/"
    assert client.post(link).status_code == 302
    staff.post(f"/desk/groups/{cohort.code}/renew-link/")
    assert client.get(link).status_code == 404
    cohort.refresh_from_db()
    staff.post(f"/desk/groups/{cohort.code}/close/")
    assert client.get(f"/uz/courses/join/{cohort.join_code}/").status_code == 404


def test_the_facilitator_sees_names_and_progress_and_no_answer(
    cohort: Cohort, staff: Client, client: Client, sign_in_learner: SignIn
) -> None:
    sign_in_learner(client, name="Malika Karimova")
    client.post(f"/uz/courses/join/{cohort.join_code}/")
    for step in range(1, 5):
        client.post(f"/uz/courses/short-course/passwords/long-words/{step}/read/")
    page = staff.get(f"/desk/groups/{cohort.code}/").content.decode()
    assert "Malika Karimova" in page
    assert "1 / 3" in page
    assert "malika@example.test" not in page


def test_who_is_pending_by_place_and_as_a_file(cohort: Cohort, staff: Client) -> None:
    invite(staff, cohort)
    assert "Malika Karimova" in staff.get("/desk/groups/pending/").content.decode()
    assert "Malika Karimova" not in staff.get("/desk/groups/pending/?region=UZ-SA").content.decode()
    file = staff.get("/desk/groups/pending/?file=csv&region=UZ-TK")
    assert file["Content-Type"].startswith("text/csv")
    assert "Malika Karimova" in file.content.decode()


def test_a_withdrawn_invitation_is_forgotten_at_once(cohort: Cohort, staff: Client, client: Client) -> None:
    invite(staff, cohort)
    link = link_in(letters()[0])
    staff.post(f"/desk/groups/{cohort.code}/invitations/{Invitation.objects.get().pk}/withdraw/")
    assert not Invitation.objects.exists()
    assert client.get(link).status_code == 404


def test_reminders_leave_by_day_a_week_apart_and_three_times(
    cohort: Cohort, staff: Client, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    invite(staff, cohort)
    first = link_in(letters()[0])
    noon = datetime(2026, 12, 1, 12, tzinfo=timezone.get_default_timezone())
    sent = []
    for day in range(60):
        for hours in (-12, 0):
            at = noon + timedelta(days=day, hours=hours)
            monkeypatch.setattr(timezone, "now", lambda at=at: at)
            sent += [at] * services.remind()
    monkeypatch.undo()
    assert len(sent) == 3
    assert all(9 <= timezone.localtime(at).hour < 19 for at in sent)
    assert all(later - earlier >= timedelta(days=7) for earlier, later in pairwise(sent))
    assert client.get(first).status_code == 404
    assert client.get(link_in(letters()[-1])).status_code == 200


def test_who_stopped_is_reminded_unless_they_do_not_want_it(
    cohort: Cohort, client: Client, sign_in_learner: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner = sign_in_learner(client, name="Malika Karimova")
    client.post(f"/uz/courses/join/{cohort.join_code}/")
    later = datetime(2027, 1, 1, 12, tzinfo=timezone.get_default_timezone())
    monkeypatch.setattr(timezone, "now", lambda: later)
    Learner.objects.update(wants_reminders=False)
    assert services.remind() == 0
    Learner.objects.update(wants_reminders=True)
    assert services.remind() == 1
    assert services.remind() == 0
    monkeypatch.undo()
    assert any("/uz/courses/mine/" in letter for letter in letters())
    assert learner.enrolments.get().times_reminded == 1


def test_names_and_addresses_of_the_invited_lie_sealed_and_have_an_end(cohort: Cohort, staff: Client) -> None:
    invite(staff, cohort)
    with connection.cursor() as cursor:
        cursor.execute("select * from academy_invitation")
        row = cursor.fetchone()
    said = b"".join(bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in row)
    assert b"malika" not in said.lower()
    assert services.forget_invitations(timezone.now() + timedelta(days=1)) == 1
    assert not Invitation.objects.exists()
