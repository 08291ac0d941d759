"""Staff keep the bank, look into appeals and answer who asks for another attempt."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from panoh.ground.accounts.public import User

from .. import services
from ..models import Attempt, AttemptRequest, Course, EventKind, Question, QuestionVersion
from ..queries import bank as queries
from ..tree import Courses
from .course_files import write_course
from .sitting import RIGHT_HERE, WRONG, answer, begun, learner_at, places, rule, sat

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk_of(client: Client, administrator: User) -> Client:
    client.force_login(administrator)
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def used_up(course: Course) -> Attempt:
    for _ in range(3):
        done = sat(begun(course), right=0)
        Attempt.objects.filter(pk=done.pk).update(closed_at=timezone.now() - timedelta(hours=25))
    return done


def test_publishing_a_course_fills_its_bank_with_versions(course: Course) -> None:
    assert Question.objects.count() == QuestionVersion.objects.count() == 14
    version = QuestionVersion.objects.filter(kind="one").first()
    assert version
    assert version.body["text"]["uz-cyrl"] == "Қайси бири?"
    assert version.body["options"][0]["uz-cyrl"] == "Биринчи"


def test_a_question_that_changes_gets_a_version_and_the_others_keep_theirs(course: Course, tmp_path) -> None:  # type: ignore[no-untyped-def]
    folder = write_course(tmp_path / "again")
    path = folder / "courses/short-course/modules/passwords.toml"
    path.write_text(path.read_text().replace("answer = 12", "answer = 15"))
    attempt = begun(course)
    held = [one.version_id for one in places(attempt)]
    services.import_courses(folder)
    assert QuestionVersion.objects.count() == 15
    changed = QuestionVersion.objects.get(number=2)
    assert (changed.kind, changed.body["answer"]) == ("number", 15)
    assert [one.version_id for one in places(attempt)] == held
    assert not Courses(folder).faults


def test_statistics_are_of_finished_attempts(course: Course) -> None:
    rule(course, final=12)
    for number in range(6):
        learner, _ = learner_at(f"p{number}@example.test")
        sat(begun(course, learner=learner), right=2 * number)
    begun(course, learner=learner_at("open@example.test")[0])
    rows = queries.bank_rows(Course.objects.select_related("current").get(), "uz")
    assert len(rows) == 12
    assert {row.statistics.times for row in rows} == {6}
    assert {row.statistics.exposure for row in rows} == {1.0}
    assert all(0 <= (row.statistics.difficulty or 0) <= 1 for row in rows)


def test_the_bank_is_looked_through_and_a_question_previewed_in_every_script(desk_of: Client, course: Course) -> None:
    sat(begun(course))
    assert "/desk/tests/bank/short-course/" in page(desk_of, "/desk/tests/")
    assert "Qaysi biri?" in page(desk_of, "/desk/tests/bank/short-course/")
    question = Question.objects.get(module="passwords", code="q1")
    text = page(desk_of, f"/desk/tests/questions/{question.pk}/")
    for words in ("Qaysi biri?", "Қайси бири?", "Какой?", "Which one?", "Потому что длинный."):
        assert words in text


def test_a_question_is_retired_at_the_desk_once_and_for_all(desk_of: Client, course: Course) -> None:
    question = Question.objects.get(module="passwords", code="q1")
    desk_of.post(f"/desk/tests/questions/{question.pk}/retire/", {"reason": "leak"})
    question.refresh_from_db()
    assert question.retired_for == "leak"
    at = question.retired_at
    desk_of.post(f"/desk/tests/questions/{question.pk}/retire/", {"reason": "key"})
    question.refresh_from_db()
    assert (question.retired_at, question.retired_for) == (at, "leak")


def test_who_has_seen_a_question_is_known(course: Course) -> None:
    attempt = begun(course, "post_test", "passwords")
    first, second = places(attempt)
    services.show_place(first)
    assert queries.exposure(first.question).people == 1
    assert queries.exposure(second.question).people == 0
    assert queries.exposed_attempts(first.question) == [attempt]


def test_typed_answers_that_many_gave_are_shown_to_the_editor(course: Course) -> None:
    rule(course, final=12)
    for number in range(3):
        sat(begun(course, learner=learner_at(f"p{number}@example.test")[0]), right=0)
    version = QuestionVersion.objects.get(kind="short", question__module="passwords")
    assert queries.not_accepted(version)[0][1] == 3


def test_an_appeal_is_judged_by_what_the_server_wrote_down(desk_of: Client, course: Course) -> None:
    attempt = begun(course)
    first = places(attempt)[0]
    answer(first, WRONG)
    answer(first, RIGHT_HERE, device_at="2026-11-22T10:00:00Z")
    services.submit_attempt(attempt)
    text = page(desk_of, f"/desk/tests/attempts/{attempt.pk}/")
    assert [one.kind for one in attempt.events.order_by("pk")] == [
        EventKind.BEGAN, EventKind.SAVED, EventKind.SAVED, EventKind.CLOSED,
    ]  # fmt: skip
    assert "25 %" in text


def test_more_time_is_given_with_a_reason_and_refused_without_one(desk_of: Client, course: Course) -> None:
    attempt = sat(begun(course), right=0)
    address = f"/desk/tests/attempts/{attempt.pk}/allow/"
    assert desk_of.post(address, {"minutes": "10", "attempts": "0"}).status_code == 422
    assert desk_of.post(address, {"minutes": "0", "attempts": "0", "reason": "line"}).status_code == 422
    assert desk_of.post(address, {"minutes": "10", "attempts": "1", "reason": "line"}).status_code == 302
    assert begun(course).number == 2  # at once: the attempt that was given does not wait


def test_a_learner_asks_and_staff_answer(desk_of: Client, course: Course) -> None:
    learner, token = learner_at()
    used_up(course)
    theirs = Client()
    theirs.cookies["learner"] = token
    asked = theirs.post("/uz/courses/short-course/test/ask/", {"kind": "final_test", "module": "", "reason": "health"})
    assert asked.status_code == 302
    request = AttemptRequest.objects.get()
    assert f"/desk/tests/requests/{request.pk}/decide/" in page(desk_of, "/desk/tests/requests/")
    desk_of.post(f"/desk/tests/requests/{request.pk}/decide/", {"grant": "1"})
    assert begun(course, learner=learner).number == 4


def test_refused_is_refused(desk_of: Client, course: Course) -> None:
    done = used_up(course)
    request = services.ask_attempt(done.enrolment, kind="final_test", module="", reason="other")
    desk_of.post(f"/desk/tests/requests/{request.pk}/decide/", {"grant": "0"})
    request.refresh_from_db()
    assert request.is_granted is False
    assert f"/requests/{request.pk}/" not in page(desk_of, "/desk/tests/requests/")
