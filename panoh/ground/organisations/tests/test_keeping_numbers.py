from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify

from .. import services
from ..errors import NumberRefusedError
from ..models import NumberToCall
from ..public import due_numbers, record_check
from .conftest import NumberMaker

pytestmark = pytest.mark.django_db

FILLED = {"number": "+998 71 000-00-00", "position": "10", "region": "UZ-TK", "languages": ["uz", "ru"]} | {
    f"names_{code}": "Qoʻngʻiroq" for code in ("uz", "ru", "en", "kaa")
}


@pytest.fixture
def keeper(client: Client, supervisor: User) -> Client:
    client.force_login(supervisor)
    return client


def verbs(number: NumberToCall) -> list[str]:
    return [entry.verb for entry in audit.trail(number.code)]


def test_a_supervisor_adds_a_number_and_checks_it(keeper: Client, supervisor: User) -> None:
    keeper.post(reverse("organisations:add"), FILLED)
    number = NumberToCall.objects.get()
    assert number.verified_on is None
    today = timezone.localdate()
    keeper.post(reverse("organisations:check", args=[number.code]), {"on": today, "evidence": "called at ten"})
    number = NumberToCall.objects.get()
    assert (number.verified_on, number.verified_by) == (today, supervisor)
    assert set(verbs(number)) == {"number.added", "number.checked"}


def test_the_list_shows_what_is_due(keeper: Client, number: NumberMaker) -> None:
    number("102", age=76)
    number("103")
    page = keeper.get(reverse("organisations:numbers")).content.decode()
    assert "76" in page
    assert "103" in page
    assert [row.number.number for row in due_numbers()] == ["103", "102"]


def test_letters_are_no_telephone_number(keeper: Client) -> None:
    answer = keeper.post(reverse("organisations:add"), FILLED | {"number": "call me"})
    assert answer.status_code == 200
    assert not NumberToCall.objects.exists()


def test_a_counsellor_has_no_business_here(desk: Client, number: NumberMaker) -> None:
    number("102")
    assert desk.get(reverse("organisations:numbers")).status_code == 403
    assert desk.post(reverse("organisations:switch", args=["n102"]), {"on": "0"}).status_code == 403


def test_a_service_refuses_whoever_is_no_keeper(number: NumberMaker, counsellor: User) -> None:
    with pytest.raises(NumberRefusedError):
        record_check(number("102"), on=timezone.localdate(), by=counsellor)


def test_a_check_is_neither_in_the_future_nor_older_than_the_last(number: NumberMaker, supervisor: User) -> None:
    checked, today = number("102", age=5), timezone.localdate()
    for day in (today + timedelta(days=1), today - timedelta(days=6)):
        with pytest.raises(NumberRefusedError):
            record_check(checked, on=day, by=supervisor)


def test_changing_the_number_undoes_its_check_and_moving_it_does_not(number: NumberMaker, supervisor: User) -> None:
    number("103", age=1)
    moved = services.change_number(number("102", age=1), position=1, by=supervisor)
    assert moved.verified_on is not None
    assert services.change_number(moved, number="112", by=supervisor).verified_on is None


def test_the_last_checked_emergency_number_cannot_be_taken_away(keeper: Client, number: NumberMaker) -> None:
    number("102", age=1)
    keeper.post(reverse("organisations:switch", args=["n102"]), {"on": "0"})
    assert NumberToCall.objects.get().is_active
    number("103", age=1)
    keeper.post(reverse("organisations:switch", args=["n102"]), {"on": "0"})
    assert not NumberToCall.objects.get(code="n102").is_active


def test_the_keepers_get_one_letter_at_each_step(number: NumberMaker) -> None:
    due = number("102", age=61)
    assert services.watch_numbers() == 1
    assert services.watch_numbers() == 0
    assert verbs(due) == ["number.due"]
    notify.deliver_due()
    assert [letter.to for letter in mail.outbox] == [["rustam@example.test"]]


def test_the_last_overdue_number_alarms_once_a_day(number: NumberMaker) -> None:
    old = number("102", age=120)
    assert services.watch_numbers() == 1
    assert services.watch_numbers() == 0
    NumberToCall.objects.update(alarmed_on=timezone.localdate() - timedelta(days=1))
    assert services.watch_numbers() == 1
    assert verbs(old) == ["number.overdue", "number.overdue"]
