"""The open gold set: what is promised of it, and that it is what its README says."""

import pytest

from ..goldset import pairs, protected
from ..loanwords import loan_in
from ..scripts import to_script
from ..turning import to_variant
from .gold import PAIRS


def share(rows: list[tuple[str, str]], target: str) -> float:
    return sum(to_script(given, target) == wanted for given, wanted in rows) / len(rows)


def test_words_nobody_made_a_rule_for_come_out_right_nine_times_in_ten() -> None:
    held_out = pairs("held_out")
    assert share(held_out, "uz-cyrl") >= 0.9
    assert share([(cyrillic, latin) for latin, cyrillic in held_out], "uz") >= 0.99


def test_no_held_out_word_stands_on_a_list() -> None:
    known = {latin for latin, _cyrillic in PAIRS}
    for latin, _cyrillic in pairs("held_out"):
        assert latin not in known
        assert loan_in(latin) is None


def test_what_goes_wrong_among_the_held_out_words_is_told_to_the_editor_more_often_than_not() -> None:
    wrong = [latin for latin, cyrillic in pairs("held_out") if to_script(latin, "uz-cyrl") != cyrillic]
    told = [latin for latin in wrong if to_variant(latin, "uz", "uz-cyrl").warnings]
    assert len(told) > len(wrong) / 2


def test_ordinary_words_raise_few_doubts() -> None:
    doubted = [latin for latin, _ in pairs("words") if to_variant(f"bu {latin}", "uz", "uz-cyrl").warnings]
    assert len(doubted) <= len(pairs("words")) * 0.02, doubted


@pytest.mark.parametrize("name", ["research", "found", "words", "held_out", "karakalpak", "uz-2026"])
def test_the_set_has_no_pair_twice_and_no_apostrophe_but_the_two(name: str) -> None:
    rows = pairs(name)
    assert len(rows) == len(set(rows))
    assert not any(sign in latin for latin, _ in rows for sign in "'‘’`´")


def test_the_set_is_as_large_as_promised() -> None:
    assert len(pairs("words")) >= 300
    assert len(pairs("held_out")) == 60
    assert len(protected()) >= 100
