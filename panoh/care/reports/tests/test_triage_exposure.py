"""Minutes on hard material are counted, and end in a break that nobody can talk themselves out of."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panoh.care.reports.models import Exposure, Report
from panoh.care.reports.queries.exposure import hard_minutes, must_rest, resting_until
from panoh.care.reports.services import classifying, exposure
from panoh.ground.accounts.public import User
from panoh.ground.common.centre import centre

from .triage_cast import at, browser_of, bullying, found_online, later, taken

pytestmark = pytest.mark.django_db
Cast = Callable[..., User]
LIMIT: int = centre("breaks", "exposure_minutes_per_shift")
BREAK: int = centre("breaks", "minutes")
REST = "/desk/reports/break/"


@pytest.fixture
def analyst(person: Cast) -> User:
    return person("hotline_analyst", name="Anvar")


@pytest.fixture
def desk(analyst: User) -> Client:
    return browser_of(analyst)


@pytest.fixture
def hard() -> Report:
    return found_online()


def looked(report: Report, by: User, minutes: int) -> None:
    """This much on a hard report, finished."""
    now = timezone.now()
    Exposure.objects.create(user=by, report=report, began_at=now, ended_at=now, minutes=minutes)


def test_looking_at_hard_material_counts_and_other_reports_do_not(desk: Client, analyst: User, hard: Report) -> None:
    desk.get(at("report", bullying()))
    assert not Exposure.objects.exists()
    desk.get(at("report", hard))
    desk.get(at("report", hard))
    assert Exposure.objects.get().ended_at is None
    with later(minutes=7):
        assert hard_minutes(analyst) == 7
        assert exposure.end_look(by=analyst) == 7
    with later(minutes=30):
        assert hard_minutes(analyst) == 7


def test_the_next_report_ends_the_last_look(desk: Client, analyst: User, hard: Report) -> None:
    desk.get(at("report", hard))
    desk.get(at("report", bullying()))
    assert Exposure.objects.get().ended_at is not None


def test_the_button_ends_it_too(desk: Client, hard: Report) -> None:
    desk.get(at("report", hard))
    assert desk.post(reverse("reports:stop_looking"))["Location"] == reverse("reports:list")
    assert Exposure.objects.get().ended_at is not None


def test_a_page_left_open_does_not_count_without_end(analyst: User, hard: Report) -> None:
    exposure.begin_look(hard, by=analyst)
    with later(hours=5):
        assert hard_minutes(analyst) == 20


def test_minutes_outside_panoh_hold_those_of_the_page(analyst: User, hard: Report) -> None:
    taken(hard, analyst)
    exposure.begin_look(hard, by=analyst)
    with later(minutes=4):
        classifying.classify(hard, label="grown_ups", minutes=9, by=analyst)
        assert hard_minutes(analyst) == 9


def test_over_the_limit_the_desk_opens_nothing_hard(desk: Client, analyst: User, hard: Report) -> None:
    calm = bullying()
    looked(hard, analyst, LIMIT - 1)
    assert desk.get(at("report", hard)).status_code == 200
    looked(hard, analyst, 1)
    assert desk.get(at("report", hard))["Location"] == REST
    assert desk.get(at("classify", hard))["Location"] == REST
    assert desk.get(at("draft_notice", hard))["Location"] == REST
    assert desk.get(at("report", calm)).status_code == 200
    assert "Time for a break" in desk.get(REST).content.decode()


def test_a_refused_look_is_no_look(desk: Client, analyst: User, hard: Report) -> None:
    looked(hard, analyst, LIMIT)
    desk.get(at("report", hard))
    assert Exposure.objects.filter(ended_at=None).count() == 0
    assert hard.clocks.get(kind="first_look").met_at is None


def test_the_break_lasts_its_minutes_and_then_it_is_behind(desk: Client, analyst: User, hard: Report) -> None:
    looked(hard, analyst, LIMIT + 5)
    desk.post(REST)
    assert "You are on a break" in desk.get(REST).content.decode()
    with later(minutes=BREAK - 1):
        assert must_rest(analyst)
    with later(minutes=BREAK + 1):
        assert not must_rest(analyst)
        assert hard_minutes(analyst) == 0


def test_pressing_twice_does_not_make_it_longer(analyst: User) -> None:
    first = exposure.take_break(by=analyst)
    with later(minutes=5):
        assert exposure.take_break(by=analyst) == first
    assert resting_until(analyst) == first.ends_at


def test_time_alone_is_a_new_shift(analyst: User, hard: Report) -> None:
    looked(hard, analyst, LIMIT)
    assert must_rest(analyst)
    with later(hours=13):
        assert not must_rest(analyst)


def test_nobody_looks_at_two_things_at_once(analyst: User, hard: Report) -> None:
    exposure.begin_look(hard, by=analyst)
    with pytest.raises(IntegrityError), transaction.atomic():
        Exposure.objects.create(user=analyst, report=hard, began_at=timezone.now())


def test_one_persons_minutes_are_not_anothers(analyst: User, supervisor: User, hard: Report) -> None:
    looked(hard, analyst, LIMIT)
    assert not must_rest(supervisor)
