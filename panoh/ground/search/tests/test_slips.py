"""Slips of the finger: that none within the bounds is missed, and what is proposed instead."""

from string import ascii_lowercase

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from .. import slips
from ..models import Word
from ..public import Row, find, index, suggest
from ..services import drop_stale_words

WORDS = st.text("abcdeghoqx", min_size=4, max_size=16)


def row(thing: str, title: str, *, language: str = "uz") -> Row:
    return Row("library", thing, "page", language, title, "")


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [("kitob", "kitob", 0), ("kitob", "ktob", 1), ("kitob", "kiitob", 1), ("kitob", "kitab", 1), ("kitob", "kiotb", 1),
     ("kitob", "ktiab", 2), ("", "abc", 3)],
)  # fmt: skip
def test_slips_are_counted(one: str, other: str, number: int) -> None:
    assert slips.slips_between(one, other) == slips.slips_between(other, one) == number


@given(WORDS, st.data())
def test_every_word_within_the_bounds_shares_an_unhurt_piece(word: str, data: st.DataObject) -> None:
    slipped = word
    for _slip in range(data.draw(st.integers(1, slips.allowed(len(word))))):
        at = data.draw(st.integers(0, len(slipped)))
        letter = data.draw(st.sampled_from(ascii_lowercase))
        slipped = data.draw(
            st.sampled_from([slipped[:at] + slipped[at + 1 :], slipped[:at] + letter + slipped[at:],
                             slipped[:at] + letter + slipped[at + 1 :]])
        )  # fmt: skip
    assume(slips.SHORTEST <= len(slipped) <= slips.LONGEST)
    most = slips.allowed(min(len(slipped), len(word)))
    assume(slips.slips_between(slips.loose(slipped), slips.loose(word)) <= most)
    kept = slips.pieces(word)
    assert any(piece and piece in wanted for piece, wanted in zip(kept, slips.wanted_pieces(slipped), strict=True))


@pytest.mark.django_db
@pytest.mark.parametrize(
    "typed",
    ["sozlamalr", "sozlamlaar", "sozzlamalar", "szlamalr", "sozlamalarr", "sozlmaalar", "созламалр"],
)
def test_a_slip_is_seen_through_in_any_script(typed: str) -> None:
    index(row("it", "Sozlamalar"))
    assert [found.thing for found in find(typed, "uz")] == ["it"]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["prl", "porek", "szlmlr", "ota", "yozilmagan"])
def test_too_many_slips_find_nothing(typed: str) -> None:
    index(row("it", "Parol, sozlamalar, ot"))
    assert find(typed, "uz") == []


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["togri", "qorqinch", "hato", "OGRI"])
def test_a_missing_apostrophe_is_hardly_a_slip(typed: str) -> None:
    index(row("it", "Toʻgʻri, qoʻrqinch, xato, ogʻri"))
    assert [found.thing for found in find(typed, "uz")] == ["it"]


@pytest.mark.django_db
def test_what_was_probably_meant_is_proposed_in_the_script_of_the_reader() -> None:
    index(row("it", "Maxfiylik sozlamalari"))
    index(row("it", "Махфийлик созламалари", language="uz-cyrl"))
    index(row("it", "Пароль", language="ru"))
    assert suggest("mahfylik sozlamalari", "uz") == "maxfiylik sozlamalari"
    assert suggest("mahfylik sozlamalari", "uz-cyrl") == "махфийлик созламалари"
    assert suggest("пороль", "ru") == "пароль"
    assert suggest("sozlamalari", "uz") == suggest("qqqqqqq", "uz") == suggest("", "uz") == ""


@pytest.mark.django_db
def test_words_of_another_language_are_not_proposed() -> None:
    index(row("it", "Settings", language="en"))
    assert suggest("setings", "uz") == ""
    assert suggest("settingz", "en") == "settings"


@pytest.mark.django_db
def test_words_that_left_the_index_are_forgotten() -> None:
    index(row("it", "Sozlamalar"))
    index(row("it", "Maxfiylik"))
    assert drop_stale_words() > 0
    assert list(Word.objects.order_by("word").values_list("word", flat=True)) == ["maxfiy", "maxfiylik"]
    assert find("sozlamalr", "uz") == []
