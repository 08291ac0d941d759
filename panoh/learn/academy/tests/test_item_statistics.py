"""What answers say about a question."""

import math
import random
import statistics as standard
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .. import item_statistics
from ..item_statistics import Answer, limits

PAIRS = st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=3, max_size=60)


def cohort(key: str, chooses: Callable[[float, random.Random], str], size: int = 200, seed: int = 1) -> list[Answer]:
    """People of all abilities: ``rest`` follows ability, ``chooses`` says what each took here."""
    dice, held = random.Random(seed), []
    for _ in range(size):
        ability = dice.gauss(0, 1)
        rest = sum(dice.random() < 1 / (1 + math.exp(-ability)) for _ in range(20)) / 20
        option = chooses(ability, dice)
        held.append(Answer(float(option == key), rest, (option,)))
    return held


def sound(ability: float, dice: random.Random) -> str:
    """Those who know take b."""
    return "b" if dice.random() < 1 / (1 + math.exp(-1.2 * ability)) else dice.choice("acd")


def chance(ability: float, dice: random.Random) -> str:
    return dice.choice("abcd")


def of(answers: list[Answer], key: str = "b", could_hold: int = 0) -> item_statistics.Statistics:
    return item_statistics.statistics(answers, right=[key], options=list("abcd"), could_hold=could_hold)


@given(PAIRS)
def test_the_correlation_is_pearsons(pairs: list[tuple[int, int]]) -> None:
    xs, ys = [float(x) for x, _ in pairs], [float(y) for _, y in pairs]
    found = item_statistics.correlation(xs, ys)
    if len(set(xs)) == 1 or len(set(ys)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(standard.correlation(xs, ys), abs=1e-9)
        assert item_statistics.correlation(ys, xs) == pytest.approx(found)


@given(PAIRS, st.floats(0.1, 9), st.floats(-9, 9))
def test_another_scale_is_the_same_correlation(pairs: list[tuple[int, int]], factor: float, shift: float) -> None:
    xs, ys = [float(x) for x, _ in pairs], [float(y) for _, y in pairs]
    found = item_statistics.correlation(xs, ys)
    if found is not None:
        assert item_statistics.correlation([x * factor + shift for x in xs], ys) == pytest.approx(found, abs=1e-6)


def test_the_limits_are_those_of_fishers_table() -> None:
    """r = 0.5 with n = 30: 0.17 to 0.73."""
    low, high = limits(0.5, 30)
    assert (round(low, 2), round(high, 2)) == (0.17, 0.73)
    assert limits(0.9, 3) == (-1.0, 1.0)
    assert limits(1.0, 30) == (1.0, 1.0)


def test_difficulty_discrimination_and_exposure_of_a_sound_question() -> None:
    found = of(cohort("b", sound), could_hold=800)
    assert found.difficulty is not None
    assert found.discrimination is not None
    assert 0.35 < found.difficulty < 0.65
    assert found.discrimination > 0.2
    assert found.exposure == 0.25
    assert not found.key_is_doubtful
    assert found.flags == ()
    assert sum(option.times for option in found.options) == 200


def test_a_key_that_stands_at_a_wrong_option_is_found() -> None:
    found = of(cohort("c", sound), key="c")
    assert found.key_is_doubtful
    assert "key" in found.flags
    assert "poor" not in found.flags


def test_a_sound_key_is_hardly_ever_doubted_and_a_wrong_one_hardly_ever_missed() -> None:
    sound_ones = sum(of(cohort("b", sound, 120, seed)).key_is_doubtful for seed in range(100))
    wrong_ones = sum(of(cohort("a", sound, 120, seed), key="a").key_is_doubtful for seed in range(100))
    assert sound_ones == 0
    assert wrong_ones >= 95


def test_a_question_that_everybody_guesses_is_poor_and_its_key_rarely_doubted() -> None:
    found = [of(cohort("b", chance, 120, seed)) for seed in range(100)]
    assert sum(one.key_is_doubtful for one in found) <= 10
    assert sum("poor" in one.flags for one in found) >= 80


def test_too_few_papers_say_nothing() -> None:
    found = of(cohort("c", sound, 29), key="c")
    assert not found.key_is_doubtful
    assert found.flags == ()
    assert item_statistics.statistics([]).difficulty is None


def test_an_idle_option_an_easy_a_hard_and_an_exposed_question_are_pointed_at() -> None:
    def knows(ability: float, dice: random.Random) -> str:
        return "b" if dice.random() < 0.98 else "a"

    easy = of(cohort("b", knows), could_hold=210)
    assert {"easy", "idle", "exposed"} <= set(easy.flags)
    assert [option.code for option in easy.options if option.is_idle] == ["a", "c", "d"]

    def errs(ability: float, dice: random.Random) -> str:
        return "b" if dice.random() < 0.1 else dice.choice("acd")

    assert "hard" in of(cohort("b", errs)).flags


def test_exposure_is_never_above_everything() -> None:
    assert of(cohort("b", sound, 40), could_hold=10).exposure == 1.0
    assert of(cohort("b", sound, 40)).exposure is None
