"""What an answer is worth."""

from fractions import Fraction
from itertools import permutations, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.ground.languages.public import fold

from .. import scoring
from .papers import ALL, MATCH, NUMBER, ONE, ORDER, RIGHT, SEVERAL, SHORT, option, question

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=3), inner, max_size=5),
)


def subsets(codes: str) -> list[list[str]]:
    return [
        [code for code, is_in in zip(codes, held, strict=True) if is_in] for held in product((0, 1), repeat=len(codes))
    ]


@pytest.mark.parametrize("asked", ALL, ids=lambda asked: asked["kind"])
def test_the_right_answer_is_worth_one_point_and_no_answer_nothing(asked: dict[str, Any]) -> None:
    assert scoring.credit(asked, RIGHT[asked["kind"]], fold) == 1
    assert scoring.is_right(asked, RIGHT[asked["kind"]], fold)
    nothings: tuple[Any, ...] = (None, "", [], {})
    for nothing in nothings:
        assert scoring.credit(asked, nothing, fold) == 0


@pytest.mark.parametrize("asked", ALL, ids=lambda asked: asked["kind"])
@given(answer=ANYTHING)
def test_whatever_arrives_is_worth_between_nothing_and_one_point(asked: dict[str, Any], answer: object) -> None:
    if asked["kind"] == "order" and isinstance(answer, dict):
        answer = {code: place for code, place in answer.items() if isinstance(place, int)}
    assert 0 <= scoring.credit(asked, answer, fold) <= 1


def test_one_is_right_or_wrong() -> None:
    assert [scoring.credit(ONE, code) for code in "abcz"] == [0, 1, 0, 0]


def test_several_is_the_share_of_right_ones_less_the_share_of_wrong_ones() -> None:
    worth = {"a": "1/2", "ab": "1", "ac": "1/6", "abc": "2/3", "abcd": "1/3", "abcde": "0", "cde": "0", "": "0"}
    for chosen, credit in worth.items():
        assert scoring.credit(SEVERAL, list(chosen)) == Fraction(credit)


@given(right=st.integers(2, 4), wrong=st.integers(1, 4))
def test_ticking_without_knowing_is_worth_nothing_on_average(right: int, wrong: int) -> None:
    """Before the floor: over all subsets of one size the shares of right and wrong ones are the same."""
    codes = "abcdefgh"[: right + wrong]
    asked = question("several", options=[option(code, place < right) for place, code in enumerate(codes)])
    sums: dict[int, Fraction] = {}
    for chosen in subsets(codes):
        hits = sum(code in codes[:right] for code in chosen)
        share = Fraction(hits, right) - Fraction(len(chosen) - hits, wrong)
        sums[len(chosen)] = sums.get(len(chosen), Fraction(0)) + share
        assert scoring.credit(asked, chosen) == max(0, share)
    assert set(sums.values()) == {0}


@given(st.data())
def test_a_right_option_more_never_costs_and_a_wrong_one_more_never_pays(data: st.DataObject) -> None:
    chosen = set(data.draw(st.lists(st.sampled_from("abcde"))))
    one_more = data.draw(st.sampled_from("abcde"))
    before, after = (scoring.credit(SEVERAL, sorted(held)) for held in (chosen, chosen | {one_more}))
    assert after >= before if one_more in "ab" else after <= before


def test_order_is_worth_one_only_in_the_right_order_and_nothing_turned_round() -> None:
    worth = {
        order: scoring.credit(ORDER, dict(zip(order, (1, 2, 3, 4), strict=True))) for order in permutations("abcd")
    }
    assert [order for order, credit in worth.items() if credit == 1] == [("a", "b", "c", "d")]
    assert worth["d", "c", "b", "a"] == 0
    assert worth["b", "a", "c", "d"] == Fraction(4, 6)


def test_order_by_chance_is_worth_nothing_before_the_floor() -> None:
    def balance(order: tuple[str, ...]) -> int:
        return sum(1 if a < b else -1 for i, a in enumerate(order) for b in order[i + 1 :])

    assert sum(balance(order) for order in permutations("abcd")) == 0
    for order in permutations("abcd"):
        places = {code: place for place, code in enumerate(order, 1)}
        assert scoring.credit(ORDER, places) == max(Fraction(0), Fraction(balance(order), 6))


def test_things_on_one_place_stand_in_no_order() -> None:
    assert scoring.credit(ORDER, dict.fromkeys("abcd", 1)) == 0
    assert scoring.credit(ORDER, {"a": 1, "b": 2}) == Fraction(1, 6)


def test_match_is_the_share_of_pairs() -> None:
    for given_rights in product("abcx", repeat=3):
        pairs = dict(zip("abc", given_rights, strict=True))
        right = sum(left == side for left, side in pairs.items())
        assert scoring.credit(MATCH, pairs) == Fraction(right, 3)


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("12", 1), ("12,5", 1), ("12.5", 1), ("11.5", 1), ("12.51", 0), ("11,49", 0), (" 12 ", 1), ("+12", 1),
        ("12 soat", 1), ("12 часов", 1), ("12 HOURS", 1), ("12 kun", 0), ("１２", 1), ("24/2", 1), ("12/0", 0),
        ("-12", 0), ("−12", 0), ("twelve", 0), ("1 2", 0), ("12,", 1), ("12%", 1), ("", 0), ("1e1", 0), ("nan", 0),
        ("inf", 0), ("12.0.0", 0),
    ],
)  # fmt: skip
def test_a_number_with_a_comma_or_a_point_and_its_tolerance(text: str, credit: int) -> None:
    assert scoring.credit(NUMBER, text, fold) == credit


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1500", {"1500"}), ("1 500", {"1500"}), ("1\u00a0500", {"1500"}), ("1'500", {"1500"}),
        ("1,500", {"1500", "1.5"}), ("1.500", {"1500", "1.5"}), ("1,500.25", {"1500.25"}),
        ("1.500,25", {"1500.25"}), ("1,500,000", {"1500000"}),
        ("1.500.000", {"1500000"}), ("0,500", {"0.5"}), ("12 500,5", {"12500.5"}), ("-3,5", {"-3.5"}), ("- 3", {"-3"}),
        (",5", {"0.5"}), ("1,50,0", set()), ("1.2,3.4", set()), ("15 00", set()), ("1234 567", set()),
        ("3/4", {"0.75"}),
    ],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(text: str, meant: set[str]) -> None:
    assert scoring.numbers_of(text) == {Fraction(one) for one in meant}


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=2))
def test_every_number_is_read_with_either_decimal_sign(number: Any) -> None:
    for text in (str(number), str(number).replace(".", ","), f"{number:,}", f"{number:,}".replace(",", " ")):
        assert Fraction(number) in scoring.numbers_of(text)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading_of_numbers(text: str) -> None:
    scoring.numbers_of(text)
    assert scoring.credit(SHORT, text, fold) in {0, 1}


@pytest.mark.parametrize(
    "text",
    ["oʻzbek", "o'zbek", "O‘ZBEK", "oʼzbek", "ўзбек", "Ўзбек.", "узбек", "«узбек»", "wifi", "WI-FI", "wi fi",
     "иккибосқичли", "Ikki-bosqichli!", "икки босқичли"],
)  # fmt: skip
def test_a_short_answer_is_the_same_in_every_script_apostrophe_and_case(text: str) -> None:
    assert scoring.credit(SHORT, text, fold) == 1


@pytest.mark.parametrize("text", ["", " ", ".", "rus", "ozbekiston", "ikki"])
def test_another_word_is_another_word(text: str) -> None:
    assert scoring.credit(SHORT, text, fold) == 0


def test_a_range_is_not_the_number_of_its_digits() -> None:
    assert scoring.word_key("1-2", fold) != scoring.word_key("12", fold)


# --- reading ------------------------------------------------------------------------------------------------------


def fields(asked: dict[str, Any], answer: Any) -> dict[str, list[str]]:
    """The form that says this answer."""
    if isinstance(answer, dict):
        return {f"answer-{code}": [str(value)] for code, value in answer.items()}
    return {"answer": answer if isinstance(answer, list) else [answer]}


@pytest.mark.parametrize("asked", ALL, ids=lambda asked: asked["kind"])
def test_an_answer_is_read_from_a_form_in_the_shape_that_is_scored(asked: dict[str, Any]) -> None:
    answer = RIGHT[asked["kind"]]
    assert scoring.read(asked, fields(asked, answer)) == answer
    assert scoring.is_whole(asked, answer)
    assert scoring.read(asked, {}) is None
    assert scoring.read(asked, {"answer": [" "], "answer-a": [""]}) is None
    assert not scoring.is_whole(asked, None)


@pytest.mark.parametrize(
    ("asked", "given_fields"),
    [
        (ONE, {"answer": ["z"]}), (SEVERAL, {"answer": ["a", "z"]}), (ORDER, {"answer-a": ["5"]}),
        (ORDER, {"answer-a": ["0"]}), (ORDER, {"answer-a": ["x"]}), (MATCH, {"answer-a": ["z"]}),
    ],
)  # fmt: skip
def test_a_code_the_question_does_not_have_is_refused(
    asked: dict[str, Any], given_fields: dict[str, list[str]]
) -> None:
    with pytest.raises(ValueError, match="has no"):
        scoring.read(asked, given_fields)


def test_a_half_filled_answer_is_kept_and_known_to_be_half() -> None:
    assert scoring.read(ORDER, {"answer-a": ["1"]}) == {"a": 1}
    assert not scoring.is_whole(ORDER, {"a": 1})
    assert not scoring.is_whole(ORDER, {"a": 1, "b": 1, "c": 2, "d": 3})
    assert not scoring.is_whole(MATCH, {"a": "a"})
    assert not scoring.is_whole(NUMBER, "about ten")


def test_a_typed_answer_has_an_end() -> None:
    assert len(scoring.read(SHORT, {"answer": ["a" * 5000]})) == scoring.LONGEST


# --- the sum ------------------------------------------------------------------------------------------------------

FRACTIONS = st.fractions(min_value=0, max_value=1, max_denominator=60)


@given(st.lists(FRACTIONS, min_size=1, max_size=60), st.integers(0, 100))
def test_who_passes_is_exact_and_never_contradicts_the_percent_shown(credits: list[Fraction], mark: int) -> None:
    assert scoring.passes(credits, mark) == (sum(credits) * 100 >= mark * len(credits))
    assert scoring.passes(credits, mark) == (scoring.percent(credits) >= mark)


def test_just_below_the_mark_is_below_it() -> None:
    assert scoring.percent([Fraction(699999, 1000000)]) == 69
    assert not scoring.passes([Fraction(699999, 1000000)], 70)
    assert scoring.passes([Fraction(7, 10)], 70)
    assert not scoring.passes([], 0)


@given(st.lists(FRACTIONS, min_size=1, max_size=30), st.randoms())
def test_the_order_of_questions_changes_no_score(credits: list[Fraction], random: Any) -> None:
    mixed = list(credits)
    random.shuffle(mixed)
    assert scoring.percent(mixed) == scoring.percent(credits)
