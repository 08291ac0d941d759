"""Two at the desk press at the same moment: one of them wins, and nothing is done twice."""

import threading
import uuid
from collections.abc import Callable

import pytest
from django.db import connections

from panoh.care.reports.errors import ReportRefusedError
from panoh.care.reports.models import Exposure, Judgement
from panoh.care.reports.services import classifying, ending, exposure, triage
from panoh.ground.accounts.public import User

from .triage_cast import bullying, found_online, fresh

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True, databases=["default", "keys"])]
Cast = Callable[..., User]


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Each in a thread of its own, all at the same moment; "done" or "refused" of each."""
    start, said = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait(10)
            act()
            said[place] = "done"
        except ReportRefusedError:
            said[place] = "refused"
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return sorted(said)


@pytest.fixture(autouse=True)
def _server() -> None:
    if connections["default"].vendor != "postgresql":
        pytest.skip("needs PostgreSQL")


def test_of_two_who_take_a_report_one_gets_it(person: Cast) -> None:
    people = [person("counsellor", name=f"Counsellor {n}") for n in range(3)]
    report = bullying()
    said = at_once(*[lambda one=one: triage.take_report(report, by=one) for one in people])
    assert said == ["done", "refused", "refused"]
    assert Judgement.objects.filter(report=report, what="assignee").count() == 1


def test_closing_twice_at_once_counts_and_tells_once(supervisor: User) -> None:
    report = bullying()
    ending.decide_report(report, outcome="actioned", by=supervisor)
    said = at_once(*[lambda: ending.close_report(report, body="Tamom", key=uuid.uuid4(), by=supervisor)] * 3)
    assert said == ["done", "refused", "refused"]
    assert [line.direction for line in report.conversation.messages.all()].count("out") == 1
    assert fresh(report).counted


def test_held_words_released_twice_at_once_go_out_once(supervisor: User, person: Cast) -> None:
    report = triage.take_report(bullying(), by=supervisor)
    triage.say(report, text="+998 90 123 45 67", key=uuid.uuid4(), by=supervisor)
    held, others = report.conversation.held_words.get(), [person("supervisor", name=f"Lead {n}") for n in range(3)]
    said = at_once(*[lambda one=one: triage.decide_held(report, held, release=True, by=one) for one in others])
    assert said == ["done", "refused", "refused"]
    assert [line.direction for line in report.conversation.messages.all()].count("out") == 1


def test_two_second_persons_are_one(person: Cast) -> None:
    first, second, third = (person("hotline_analyst", name=f"Analyst {n}") for n in range(3))
    report = triage.take_report(found_online(), by=first)
    found = classifying.classify(report, label="young_child_abused", minutes=1, by=first)
    said = at_once(
        lambda: classifying.confirm_classification(found, agree=True, by=second),
        lambda: classifying.confirm_classification(found, agree=False, by=third),
    )
    assert said == ["done", "refused"]


def test_two_tabs_begin_one_look(person: Cast) -> None:
    analyst, report = person("hotline_analyst", name="Anvar"), found_online()
    assert at_once(*[lambda: exposure.begin_look(report, by=analyst)] * 3) == ["done"] * 3
    assert Exposure.objects.filter(user=analyst).count() == 1
