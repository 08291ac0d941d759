"""Learning events leave the house as xAPI: shaped as the standard says, and nobody's name in them."""

import json
import re
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panoh.ground.accounts.public import User
from panoh.ground.audit.public import Entry
from panoh.learn.academy import public as academy
from panoh.learn.academy import services as academy_services
from panoh.learn.academy.models import Lesson
from panoh.learn.academy.tests.sitting import begun, enrolled, learner_at, sat
from panoh.learn.exchange.queries import events

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk_of(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def five_learners(course: academy.Course) -> list[Any]:
    return [learner_at(f"person{number}@example.test")[0] for number in range(5)]


def fetched(client: Client, **said: str) -> Any:
    today = timezone.localdate().isoformat()
    return client.post(reverse("exchange:events"), {"course": "short-course", "since": today, "until": today} | said)


def statements(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200
    return [json.loads(line) for line in b"".join(answer.streaming_content).decode().splitlines()]


def everything(course: academy.Course) -> None:
    """Five people enrol; the first reads a lesson and passes, the second fails."""
    people = five_learners(course)
    for person in people:
        enrolled(course, person)
    lesson = Lesson.objects.filter(module__edition=course.current).order_by("pk")[0]
    for step in range(1, 5):
        academy_services.mark_step(enrolled(course, people[0]), lesson, step)
    sat(begun(course, learner=people[0]))
    sat(begun(course, learner=people[1]), right=0)


def test_each_statement_has_the_shape_of_the_standard(desk_of: Client, course: academy.Course) -> None:
    everything(course)
    said = statements(fetched(desk_of))
    verbs = sorted(one["verb"]["id"].rpartition("/")[2] for one in said)
    assert verbs == sorted(["registered"] * 5 + ["completed"] + ["attempted"] * 2 + ["passed", "failed"])
    assert len({one["id"] for one in said}) == len(said)
    for one in said:
        check(one)


def check(one: dict[str, Any]) -> None:
    """What xAPI 1.0.3 asks of a statement (part 2, 2.2 to 4.6)."""
    assert set(one) <= {"id", "actor", "verb", "object", "result", "context", "timestamp", "version"}
    assert uuid.UUID(one["id"]).version == 4
    assert set(one["actor"]) == {"objectType", "account"}
    assert one["actor"]["account"]["homePage"] == settings.PUBLIC_URL
    assert re.fullmatch(r"[0-9a-f]{32}", one["actor"]["account"]["name"])
    assert one["verb"]["id"].startswith(("http://adlnet.gov/expapi/verbs/", "https://w3id.org/xapi/adl/verbs/"))
    assert set(one["verb"]["display"]) == {"en"}
    assert one["object"]["id"].startswith(f"{settings.PUBLIC_URL}/xapi/courses/short-course")
    assert one["object"]["definition"]["type"].startswith("http://adlnet.gov/expapi/activities/")
    assert uuid.UUID(one["context"]["registration"])
    assert datetime.fromisoformat(one["timestamp"]).utcoffset() == timedelta(0)
    if "result" in one:
        score = one["result"]["score"]
        assert score["min"] <= score["raw"] <= score["max"]
        assert -1 <= score["scaled"] <= 1
    if one["verb"]["id"].endswith(("/passed", "/failed")):
        assert one["result"]["success"] is one["verb"]["id"].endswith("/passed")


def test_a_certificate_is_a_statement_of_its_own(course: academy.Course) -> None:
    from panoh.learn.exchange import statements as shapes

    export = shapes.Export("https://example.org", "short-course", b"salt")
    one = shapes.statement(export, "certified", uuid.uuid4(), (), timezone.now(), None)
    assert one["verb"]["id"] == "https://w3id.org/xapi/adl/verbs/satisfied"
    assert one["object"]["id"] == "https://example.org/xapi/courses/short-course"
    assert "result" not in one


def test_nobodys_number_or_address_is_in_it_and_two_exports_cannot_be_joined(
    desk_of: Client, course: academy.Course
) -> None:
    everything(course)
    first, second = (statements(fetched(desk_of)) for _ in range(2))
    from panoh.learn.academy.models import Enrolment

    text = json.dumps(first)
    for enrolment in Enrolment.objects.all():
        assert str(enrolment.pk) not in text
        assert str(enrolment.learner_id) not in text
    assert "person0" not in text
    names = [{one["actor"]["account"]["name"] for one in said} for said in (first, second)]
    assert len(names[0]) == 5
    assert not names[0] & names[1]
    ids = [{one[part] for one in said} for said in (first, second) for part in ("id",)]
    assert not ids[0] & ids[1]


def test_a_list_about_few_people_is_not_given_out(desk_of: Client, course: academy.Course) -> None:
    for person in five_learners(course)[:4]:
        enrolled(course, person)
    assert fetched(desk_of).status_code == 422
    assert not Entry.objects.filter(verb="events.taken").exists()


def test_the_house_may_say_that_every_list_goes(
    desk_of: Client, course: academy.Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrolled(course)
    monkeypatch.setattr(events, "centre", lambda *names, default=None: 0)
    assert len(statements(fetched(desk_of))) == 1


def test_only_the_period_that_was_asked_for_is_in_it_and_the_taking_is_written_down(
    desk_of: Client, course: academy.Course
) -> None:
    everything(course)
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert fetched(desk_of, since=tomorrow, until=tomorrow).status_code == 422
    assert statements(fetched(desk_of))
    assert Entry.objects.filter(verb="events.taken", thing="course-short-course").count() == 1


def test_it_is_read_in_as_many_questions_for_many_people_as_for_few(
    course: academy.Course, django_assert_num_queries: Any
) -> None:
    everything(course)
    today = timezone.localdate()
    with django_assert_num_queries(4):
        assert len(list(events.lines(events.Asked(course, today, today)))) == 10
