"""What a result says."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from ..results import Gain, Scored, TopicResult, by_topic, gains, policy_of, to_reread

HALF = Fraction(1, 2)
LESSONS: dict[str, list[tuple[str, list[str]]]] = {
    "m1": [("l1", ["t1"]), ("l2", ["t1", "t2"])],
    "m2": [("l3", []), ("l4", [])],
}


def test_a_result_is_told_by_topic() -> None:
    found = by_topic([Scored("m1", "t1", Fraction(1)), Scored("m1", "t2", HALF), Scored("m1", "t1", Fraction(0))])
    assert found == [TopicResult("m1", "t1", 2, 1, 50), TopicResult("m1", "t2", 1, 0, 50)]
    assert [TopicResult("m", "t", 1, 1, percent).level for percent in (100, 85, 84, 60, 59, 0)] == [
        "strong", "strong", "fair", "fair", "weak", "weak",
    ]  # fmt: skip


def test_what_to_read_again_are_the_lessons_that_practise_the_topic() -> None:
    weak = TopicResult("m1", "t2", 2, 0, 0)
    assert to_reread([weak], LESSONS) == [("m1", "l2")]
    assert to_reread([weak, TopicResult("m1", "t1", 1, 0, 0)], LESSONS) == [("m1", "l1"), ("m1", "l2")]


def test_a_topic_that_no_lesson_practises_names_its_module_and_a_strong_one_nothing() -> None:
    assert to_reread([TopicResult("m2", "t9", 2, 0, 0)], LESSONS) == [("m2", "l3"), ("m2", "l4")]
    assert to_reread([TopicResult("m1", "t1", 2, 2, 100)], LESSONS) == []
    assert to_reread([TopicResult("gone", "t1", 2, 0, 0)], LESSONS) == []


@given(st.integers(0, 100), st.integers(0, 100))
def test_the_gain_is_the_share_of_what_was_missing(before: int, after: int) -> None:
    gain = Gain("m", before, after)
    assert gain.points == after - before
    if before == 100:
        assert gain.share is None
    else:
        assert gain.share is not None
        assert before + gain.share * (100 - before) == after


def test_the_best_attempt_after_counts_and_missing_tests_say_nothing() -> None:
    found = gains(["m1", "m2", "m3"], {"m1": 40}, {"m1": [70, 85, 60], "m2": [90]})
    assert found == [Gain("m1", 40, 85), Gain("m2", None, 90)]
    assert found[1].points is None
    assert found[1].share is None


def test_the_rules_of_a_course_are_read_with_their_defaults() -> None:
    tests = {"before": 5, "after": 8, "final": 28, "pass_mark": 70, "attempts": 3, "cooling_off_hours": 24}
    final = {"questions": 28, "pass_mark": 70, "attempts": 3, "cooling_off_hours": 24}
    assert policy_of(tests, "final_test") == {**final, "time_limit_minutes": 0, "grace_minutes": 5}
    before = policy_of(tests | {"time_limit_minutes": 40}, "pre_test")
    assert (before["attempts"], before["pass_mark"], before["time_limit_minutes"]) == (1, 0, 0)
    assert policy_of({}, "post_test")["questions"] == 0
