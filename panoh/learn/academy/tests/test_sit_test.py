"""A person sits a test: the server decides, nothing is lost, and nothing happens twice."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.utils import timezone

from .. import services
from ..errors import TestRefusedError
from ..models import Attempt, AttemptState, Course, Enrolment, EventKind, Question, ResponseEvent
from ..queries import exams
from .sitting import RIGHT_HERE, WRONG, answer, begun, enrolled, fields_of, learner_at, places, rule, sat

pytestmark = pytest.mark.django_db


def ended_long_ago(attempt: Attempt) -> None:
    past = timezone.now() - timedelta(hours=25)
    Attempt.objects.filter(pk=attempt.pk).update(closed_at=past)


def late(attempt: Attempt, minutes: int = 600) -> Attempt:
    Attempt.objects.filter(pk=attempt.pk).update(ends_at=timezone.now() - timedelta(minutes=minutes))
    attempt.refresh_from_db()
    return attempt


def test_a_final_draws_from_every_module_and_everything_right_is_passed(course: Course) -> None:
    attempt = begun(course)
    assert {one.question.module for one in places(attempt)} == {"passwords", "friends"}
    assert len(places(attempt)) == attempt.policy["asked"] == 4
    done = sat(attempt)
    assert (done.state, done.percent, done.passed) == (AttemptState.SUBMITTED, 100, True)
    assert Enrolment.objects.get().status == "completed"


def test_everything_wrong_is_not_passed_and_completes_nothing(course: Course) -> None:
    done = sat(begun(course), right=0)
    assert (done.percent, done.passed) == (0, False)
    assert Enrolment.objects.get().status == "active"


def test_beginning_twice_goes_on_with_the_one_attempt(course: Course) -> None:
    assert begun(course).pk == begun(course).pk
    assert Attempt.objects.count() == 1


def test_two_open_attempts_are_refused_by_the_database_itself(course: Course) -> None:
    attempt = begun(course)
    attempt.pk, attempt.number = uuid.uuid4(), 2
    with pytest.raises(IntegrityError), transaction.atomic():
        attempt.save(force_insert=True)


def test_a_form_that_is_sent_five_times_is_one_answer(course: Course) -> None:
    first, client = places(begun(course))[0], uuid.uuid4()
    moments = {answer(first, client_id=client).at for _ in range(5)}
    assert len(moments) == 1
    assert ResponseEvent.objects.filter(kind=EventKind.SAVED).count() == 1


def test_an_old_form_that_comes_again_does_not_undo_a_newer_answer(course: Course) -> None:
    first, client = places(begun(course))[0], uuid.uuid4()
    answer(first, WRONG, client_id=client)
    answer(first, RIGHT_HERE)
    answer(first, WRONG, client_id=client)
    first.refresh_from_db()
    assert first.answer == RIGHT_HERE[first.version.kind]
    assert ResponseEvent.objects.filter(kind=EventKind.SAVED).count() == 2


def test_handing_in_twice_gives_one_result(course: Course) -> None:
    attempt = begun(course)
    first = sat(attempt, right=2)
    again = services.submit_attempt(attempt)
    assert (again.percent, again.closed_at) == (first.percent, first.closed_at)
    assert ResponseEvent.objects.filter(kind=EventKind.CLOSED).count() == 1


def test_after_the_end_an_answer_is_noted_and_changes_nothing(course: Course) -> None:
    attempt = begun(course)
    done = sat(attempt, right=0)
    saved = answer(places(attempt)[0])
    assert saved.at is None
    assert Attempt.objects.get().percent == done.percent
    assert ResponseEvent.objects.filter(kind=EventKind.LATE).count() == 1


def test_somebody_elses_attempt_is_not_there(course: Course) -> None:
    first = places(begun(course))[0]
    stranger, _ = learner_at("other@example.test")
    with pytest.raises(Http404):
        services.save_answer(stranger, first.attempt_id, 1, {"answer": ["x"]})
    with pytest.raises(Http404):
        exams.place_for(stranger, course.code, first.attempt_id, 1)


def test_an_option_of_another_question_is_refused_and_not_kept(course: Course) -> None:
    response = next(one for one in places(begun(course, "post_test", "passwords")) if True)
    learner = response.attempt.enrolment.learner
    assert learner
    if response.version.kind in {"one", "several"}:
        with pytest.raises(ValueError, match="has no"):
            services.save_answer(learner, response.attempt_id, response.place, {"answer": ["0123456789"]})
    response.refresh_from_db()
    assert response.answer is None


# --- time ---------------------------------------------------------------------------------------------------------


def test_without_a_limit_there_is_no_end(course: Course) -> None:
    assert begun(course).ends_at is None


def test_the_deadline_is_the_servers_and_an_answer_in_the_grace_is_taken(course: Course) -> None:
    rule(course, time_limit_minutes=40, grace_minutes=5)
    attempt = begun(course)
    assert attempt.ends_at == attempt.began_at + timedelta(minutes=40)
    late(attempt, minutes=4)
    assert answer(places(attempt)[0]).at is not None
    late(attempt, minutes=6)
    assert answer(places(attempt)[1]).at is None
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.OVERDUE
    assert attempt.percent == 25  # what was saved in time counts


def test_handing_in_after_the_grace_is_the_servers_end(course: Course) -> None:
    rule(course, time_limit_minutes=40)
    attempt = begun(course)
    answer(places(attempt)[0])
    assert services.submit_attempt(late(attempt)).state == AttemptState.OVERDUE


def test_the_device_clock_decides_nothing(course: Course) -> None:
    rule(course, time_limit_minutes=40)
    attempt = late(begun(course))
    saved = answer(places(attempt)[0], device_at=(timezone.now() - timedelta(days=1)).isoformat())
    assert saved.at is None
    assert ResponseEvent.objects.get(kind=EventKind.LATE).device_at is not None


def test_the_timetable_ends_what_is_over_and_what_nobody_came_back_to(course: Course) -> None:
    rule(course, time_limit_minutes=40)
    over = late(begun(course))
    rule(course, time_limit_minutes=0)
    other, _ = learner_at("other@example.test")
    left = begun(course, learner=other)
    Attempt.objects.filter(pk=left.pk).update(began_at=timezone.now() - timedelta(days=61))
    third, _ = learner_at("third@example.test")
    alive = begun(course, learner=third)
    assert services.close_due() == 2
    assert services.close_due() == 0
    states = dict(Attempt.objects.values_list("pk", "state"))
    assert states == {over.pk: "overdue", left.pk: "abandoned", alive.pk: "in_progress"}


# --- frozen -------------------------------------------------------------------------------------------------------


def test_a_rule_that_changes_changes_no_attempt_that_has_begun(course: Course) -> None:
    rule(course, pass_mark=50)
    attempt = begun(course)
    rule(course, pass_mark=100, final=1, time_limit_minutes=1)
    done = sat(attempt, right=2)
    assert (done.policy["pass_mark"], done.percent, done.passed) == (50, 50, True)


def test_every_attempt_keeps_the_versions_it_began_with(course: Course) -> None:
    attempt = begun(course)
    before = [one.version_id for one in places(attempt)]
    assert course.current
    assert services.import_bank(course.current) == 0
    assert [one.version_id for one in places(attempt)] == before


# --- caps and cooling-off -----------------------------------------------------------------------------------------


def test_after_three_attempts_there_is_none_left_until_one_is_given(course: Course, administrator) -> None:  # type: ignore[no-untyped-def]
    enrolment = enrolled(course)
    for _ in range(3):
        ended_long_ago(sat(begun(course), right=0))
    with pytest.raises(TestRefusedError):
        begun(course)
    asked = services.ask_attempt(enrolment, kind="final_test", module="", reason="line")
    assert services.ask_attempt(enrolment, kind="final_test", module="", reason="line").pk == asked.pk
    services.decide_request(asked, is_granted=True, by=administrator)
    services.decide_request(asked, is_granted=True, by=administrator)
    assert begun(course).number == 4
    sat(Attempt.objects.get(state="in_progress"), right=0)
    with pytest.raises(TestRefusedError):
        begun(course)


def test_between_two_attempts_lies_the_cooling_off(course: Course) -> None:
    done = sat(begun(course), right=0)
    with pytest.raises(TestRefusedError):
        begun(course)
    ended_long_ago(done)
    assert begun(course).number == 2


def test_an_attempt_that_was_granted_lifts_the_cooling_off_once(course: Course, administrator) -> None:  # type: ignore[no-untyped-def]
    enrolment = enrolled(course)
    sat(begun(course), right=0)
    services.allow_more(enrolment, attempts=1, reason="line", by=administrator)
    sat(begun(course), right=0)
    assert exams.may_begin(enrolment, "final_test", "", timezone.now()).left == 2
    with pytest.raises(TestRefusedError, match=str(timezone.localdate().year)):
        begun(course)


def test_who_passed_does_not_sit_it_again(course: Course) -> None:
    ended_long_ago(sat(begun(course)))
    with pytest.raises(TestRefusedError):
        begun(course)


def test_a_pre_test_is_sat_once_and_has_no_pass(course: Course) -> None:
    done = sat(begun(course, "pre_test", "passwords"), right=1)
    assert (done.percent, done.passed) == (50, None)
    with pytest.raises(TestRefusedError):
        begun(course, "pre_test", "passwords")


@pytest.mark.parametrize(("kind", "module"), [("final_test", "passwords"), ("post_test", ""), ("exam", ""), ("", "")])
def test_a_test_that_is_not_there_is_refused(course: Course, kind: str, module: str) -> None:
    with pytest.raises(TestRefusedError):
        begun(course, kind, module)
    with pytest.raises(TestRefusedError):
        begun(course, "post_test", "no-such-module")


def test_leaving_and_coming_back_gives_no_new_set_of_attempts(course: Course) -> None:
    sat(begun(course), right=0)
    services.withdraw_enrolment(enrolled(course))
    with pytest.raises(TestRefusedError):
        begun(course)


def test_extra_time_reaches_the_attempt_that_is_open(course: Course, administrator) -> None:  # type: ignore[no-untyped-def]
    rule(course, time_limit_minutes=40)
    attempt = begun(course)
    services.allow_more(attempt.enrolment, minutes=20, reason="health", by=administrator)
    attempt.refresh_from_db()
    assert attempt.ends_at == attempt.began_at + timedelta(minutes=60)
    later = sat(attempt, right=0)
    ended_long_ago(later)
    assert begun(course).ends_at - begun(course).began_at == timedelta(minutes=60)  # type: ignore[operator]


def test_who_may_not_give_time_is_refused(course: Course, counsellor) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(TestRefusedError):
        services.allow_more(enrolled(course), minutes=20, reason="health", by=counsellor)


# --- the bank -----------------------------------------------------------------------------------------------------


def test_after_a_leak_the_question_is_replaced_for_who_has_not_come_to_it(course: Course, editor) -> None:  # type: ignore[no-untyped-def]
    attempt = begun(course, "post_test", "passwords")
    first, second = places(attempt)
    services.show_place(first)
    for one in (first, second):
        services.retire_question(one.question, reason="leak", by=editor)
    kept, other = services.show_place(first), services.show_place(second)
    assert kept.question_id == first.question_id
    assert other.question_id not in {first.question_id, second.question_id}
    assert other.place == second.place
    assert ResponseEvent.objects.filter(kind=EventKind.REDRAWN).count() == 1
    assert not {first.question.name, second.question.name} & {item.code for item in exams.pool(course.current_id or 0)}


def test_a_practice_question_is_in_no_paper(course: Course) -> None:
    begun(course)
    assert Question.objects.filter(code="p1").count() == 2
    assert not [item for item in exams.pool(course.current_id or 0) if item.code.endswith("p1")]


def test_the_second_attempt_meets_other_questions(course: Course) -> None:
    rule(course, after=3)
    first = begun(course, "post_test", "passwords")
    names = {one.question.name for one in places(first)}
    ended_long_ago(sat(first, right=0))
    second = begun(course, "post_test", "passwords")
    assert not names & {one.question.name for one in places(second)}


def test_what_somebody_typed_goes_when_they_go(course: Course) -> None:
    rule(course, final=12)
    attempt = begun(course)
    sat(attempt)
    learner = attempt.enrolment.learner
    assert learner
    services.forget_answers(learner)
    kinds = {one.version.kind: one.answer for one in places(attempt)}
    assert kinds["short"] is None
    assert kinds["number"] is None
    assert kinds["one"] == "a"
    assert not ResponseEvent.objects.exists()


def test_what_a_form_sends_is_what_is_kept(course: Course) -> None:
    rule(course, final=12)
    for response in places(begun(course)):
        learner = response.attempt.enrolment.learner
        assert learner
        given = fields_of(response, RIGHT_HERE[response.version.kind])
        services.save_answer(learner, response.attempt_id, response.place, given)
        response.refresh_from_db()
        assert response.answer == RIGHT_HERE[response.version.kind]
