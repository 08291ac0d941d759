import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..folding import fold
from ..signs import bare, straighten
from . import through_library
from .gold import PAIRS

LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяўқғҳәөүңіaeiosbhcgnqtyz'ʻ’ʼğşöçáǵıń -"
MENDED = re.compile("ў[яёю]|[iи](?:sh|ш)[oо][qқ]|[aа](?:sh|ш)[oо][bб]")


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


# --- against the keys of the library -----------------------------------------------------------------------------


def test_every_tenth_word_of_the_house_has_the_key_it_had() -> None:
    words = [word for word in through_library.all_words()[::10] if not is_mended(word)]
    assert len(words) > 2_000
    assert {word: fold(word) for word in words} == {word: through_library.key_of_text(word) for word in words}


@given(st.one_of(st.text(LETTERS, max_size=14), st.text(LETTERS[:43], max_size=12), st.text(max_size=12)))
def test_made_up_words_have_the_key_they_had(text: str) -> None:
    if not is_mended(straighten(bare(text))):
        assert fold(text) == through_library.key_of_text(text)


def is_mended(text: str) -> bool:
    """What the two tests below say was wrong."""
    return bool(MENDED.search(text))


@pytest.mark.parametrize("word", ["қўяди", "бўёқ", "сўюнчи"])
def test_an_uzbek_vowel_before_ya_is_no_karakalpak_w(word: str) -> None:
    assert "ö" in fold(word)
    assert "w" in through_library.key_of_text(word)


def test_a_name_with_s_and_h_keeps_its_key_with_an_ending() -> None:
    assert fold("Ishoqov") == fold("Isʼhoqov") == fold("Исҳоқов")
    assert through_library.key_of_text("Ishoqov") != through_library.key_of_text("Isʼhoqov")


@pytest.mark.parametrize("word", ["ўзбек", "қўрқинч", "әўел", "қәўип", "суў", "саўлық", "мүмкиншилик"])
def test_other_words_with_that_letter_kept_their_key(word: str) -> None:
    assert fold(word) == through_library.key_of_text(word)
