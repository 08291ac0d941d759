"""Two devices, two presses, one attempt: what happens at once on PostgreSQL stands in a row."""

import threading
import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection, connections

from .. import services
from ..models import Attempt, Course, EventKind, Response, ResponseEvent
from .sitting import RIGHT_HERE, WRONG, answer, begun, enrolled, places

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _on_postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one writer in at a time")


def at_once(*deeds: Callable[[], Any]) -> list[Any]:
    """Each in a thread with a connection of its own, all let go at the same moment; results, or what they raised."""
    gate, found = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(number: int, deed: Callable[[], Any]) -> None:
        gate.wait()
        try:
            found[number] = deed()
        except Exception as error:
            found[number] = error  # type: ignore[call-overload]
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def test_two_devices_that_answer_at_once_leave_one_whole_answer_and_two_entries(course: Course) -> None:
    response = places(begun(course))[0]
    found = at_once(lambda: answer(response, RIGHT_HERE), lambda: answer(response, WRONG))
    assert all(one.at for one in found), found
    last = ResponseEvent.objects.filter(kind=EventKind.SAVED).latest("pk")
    assert Response.objects.get(pk=response.pk).answer == last.answer
    assert ResponseEvent.objects.filter(kind=EventKind.SAVED).count() == 2


def test_one_form_sent_eight_times_at_once_is_one_answer(course: Course) -> None:
    response, client = places(begun(course))[0], uuid.uuid4()
    found = at_once(*[lambda: answer(response, client_id=client)] * 8)
    assert len({one.at for one in found}) == 1, found
    assert ResponseEvent.objects.filter(kind=EventKind.SAVED).count() == 1


def test_handing_in_twice_at_once_gives_one_result(course: Course) -> None:
    attempt = begun(course)
    answer(places(attempt)[0])
    found = at_once(*[lambda: services.submit_attempt(attempt)] * 4)
    assert {(one.percent, one.closed_at) for one in found} == {(25, Attempt.objects.get().closed_at)}
    assert ResponseEvent.objects.filter(kind=EventKind.CLOSED).count() == 1


def test_an_answer_and_the_end_at_once_are_before_or_after_never_between(course: Course) -> None:
    for _ in range(5):
        attempt = begun(course, "post_test", "passwords")
        response = places(attempt)[0]
        saved, done = at_once(partial(answer, response), partial(services.submit_attempt, attempt))
        assert done.percent == (50 if saved.at else 0)
        Attempt.objects.all().delete()


def test_beginning_twice_at_once_begins_one_attempt(course: Course) -> None:
    enrolment = enrolled(course)
    begin = lambda: services.begin_attempt(enrolment, kind="final_test", language="uz")  # noqa: E731
    assert len({one.pk for one in at_once(*[begin] * 4)}) == 1
    assert Attempt.objects.count() == 1
