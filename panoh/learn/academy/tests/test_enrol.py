"""Beginning, going on, moving to a newer edition, leaving."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from panoh.ground.accounts.public import Learner
from panoh.learn.academy import services
from panoh.learn.academy.errors import LearningRefusedError
from panoh.learn.academy.models import Course, Enrolment, Lesson, LessonProgress
from panoh.learn.academy.queries import mine

from .test_import import change

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(client: Client, sign_in_learner: Callable[..., Learner]) -> Learner:
    return sign_in_learner(client, name="Malika Karimova")


def lesson(course: Course, code: str = "long-words") -> Lesson:
    return Lesson.objects.select_related("module").get(module__edition=course.current, code=code)


def test_beginning_twice_is_one_enrolment(course: Course, learner: Learner) -> None:
    first = services.enrol_learner(learner, course, language="uz")
    assert services.enrol_learner(learner, course, language="ru") == first
    assert first.edition == course.current


def test_a_lesson_is_done_when_its_last_step_was_read_in_whatever_order(course: Course, learner: Learner) -> None:
    enrolment = services.enrol_learner(learner, course, language="uz")
    for step in (4, 2, 2, 1):
        assert services.mark_step(enrolment, lesson(course), step).done_at is None
    assert services.mark_step(enrolment, lesson(course), 3).done_at
    enrolment.refresh_from_db()
    assert enrolment.lessons_done == 1
    services.mark_step(enrolment, lesson(course), 3)
    enrolment.refresh_from_db()
    assert enrolment.lessons_done == 1
    assert mine.next_place(enrolment) == ("passwords", "long-words", 4)


def test_a_step_that_is_not_there_is_not_read(course: Course, learner: Learner) -> None:
    enrolment = services.enrol_learner(learner, course, language="uz")
    for step in (0, 5):
        with pytest.raises(LearningRefusedError):
            services.mark_step(enrolment, lesson(course), step)


def test_who_began_an_edition_stays_in_it_until_they_move(course: Course, learner: Learner, files: Path) -> None:
    enrolment = services.enrol_learner(learner, course, language="uz")
    for step in range(1, 5):
        services.mark_step(enrolment, lesson(course), step)
    change(files)
    services.import_courses(files)
    course.refresh_from_db()
    assert services.enrol_learner(learner, course, language="uz").edition.number == 1
    assert mine.goings(learner, "uz")[0].has_newer
    moved = services.renew_enrolment(enrolment)
    assert (moved.edition.number, moved.lessons_done) == (2, 1)
    assert moved.progress.get().lesson.module.edition_id == course.current_id
    with pytest.raises(LearningRefusedError):
        services.renew_enrolment(moved)


def test_who_left_comes_back_to_where_they_were(course: Course, learner: Learner) -> None:
    enrolment = services.enrol_learner(learner, course, language="uz")
    services.mark_step(enrolment, lesson(course), 1)
    services.withdraw_enrolment(enrolment)
    assert mine.goings(learner, "uz") == []
    again = services.enrol_learner(learner, course, language="uz")
    assert again == enrolment
    assert again.status == "active"
    assert again.progress.count() == 1


def test_completing_is_written_once(course: Course, learner: Learner) -> None:
    enrolment = services.enrol_learner(learner, course, language="uz")
    first = services.complete_enrolment(enrolment).completed_at
    assert services.complete_enrolment(enrolment).completed_at == first
    with pytest.raises(LearningRefusedError):
        services.withdraw_enrolment(enrolment)


def test_a_learner_who_goes_leaves_a_count_and_no_trace(course: Course, learner: Learner, client: Client) -> None:
    enrolment = services.enrol_learner(learner, course, language="uz")
    services.mark_step(enrolment, lesson(course), 1)
    told = mine.what_is_held(learner)
    assert told["courses"][0]["lessons"] == [{"module": "passwords", "lesson": "long-words", "steps_read": 1}]
    client.post("/uz/account/delete/")
    kept = Enrolment.objects.get()
    assert (kept.learner_id, kept.status, kept.last_lesson) == (None, "withdrawn", "")
    assert not LessonProgress.objects.exists()
