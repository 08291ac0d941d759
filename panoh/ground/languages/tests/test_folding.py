import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..folding import fold
from .gold import PAIRS


@pytest.mark.parametrize(("latin", "cyrillic"), PAIRS)
def test_both_scripts_have_one_key(latin: str, cyrillic: str) -> None:
    assert fold(latin) == fold(cyrillic)


@pytest.mark.parametrize(
    "spelling", ["oʻzbek", "o'zbek", "o‘zbek", "o´zbek", "o`zbek", "OʼZBEK", "ўзбек", "ЎЗБЕК", "özbek"]
)
def test_every_spelling_of_uzbek_is_found(spelling: str) -> None:
    assert fold(spelling) == "özbek"


def test_a_letter_without_its_apostrophe_is_another_letter() -> None:
    assert fold("ot") != fold("oʻt")


@pytest.mark.parametrize(
    "disguised",
    ["sa\u200blom", "s\u00adalom", "\u202esalom\u202c", "s̷a̸l͟o̶m̀", "ｓａｌｏｍ", "sаlоm", "𝐬𝐚𝐥𝐨𝐦", "SALOM", "  salom\n"],
)
def test_a_disguise_is_seen_through(disguised: str) -> None:
    assert fold(disguised) == "salom"


def test_the_letters_that_marks_make_survive() -> None:
    assert fold("йўл ёрдам") == fold("yoʻl yordam")
    assert fold("и\u0306ўл") == fold("йўл")


def test_karakalpak_is_found_with_and_without_its_marks() -> None:
    assert fold("qáweterlenip atırman") == fold("qaweterlenip atirman") == fold("қәўетерленип атырман")


def test_the_russian_spelling_of_a_month_finds_the_uzbek_one() -> None:
    assert fold("sentyabr") == fold("sentabr") == fold("сентябрь")


@given(st.text(max_size=40))
def test_a_key_is_its_own_key(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("beginning", "whole"), [("qoʻrq", "qoʻrqaman"), ("самоуб", "самоубийство"), ("zoʻrav", "зўравонлик")]
)
def test_the_key_of_a_beginning_begins_the_key(beginning: str, whole: str) -> None:
    assert fold(whole).startswith(fold(beginning))
