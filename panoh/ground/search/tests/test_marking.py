"""The lines under an answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..marking import LENGTH, Marker
from ..public import Row, index, look
from ..ranking import Wanted

LONG = " ".join(["boshqa"] * 100)


def marked(summary: str, text: str, *words: str) -> str:
    return Marker([Wanted(word) for word in words], "uz").snippet(summary, text)


def test_the_summary_is_shown_with_the_word_marked_in_its_own_spelling() -> None:
    assert (
        marked("Bugun qo'ng'iroq qiling", "", "qöñğiroq".replace("ñ", "n"))
        == "Bugun <mark>qo&#x27;ng&#x27;iroq</mark> qiling"
    )


def test_a_word_of_the_text_is_shown_where_it_stands() -> None:
    shown = marked("Boshqa narsa", f"{LONG} parolni almashtiring {LONG}", "parol")
    assert "<mark>parolni</mark> almashtiring" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < LENGTH + 40


def test_the_place_with_more_of_the_words_is_chosen() -> None:
    shown = marked("", f"parol {LONG} yangi parol {LONG}", "yangi", "parol")
    assert "<mark>yangi</mark> <mark>parol</mark>" in shown


def test_without_any_word_the_summary_or_the_beginning_is_shown() -> None:
    assert marked("Qisqa", "Matn", "yoq") == "Qisqa"
    assert marked("", LONG, "yoq").endswith(" …")


@given(st.text(max_size=200), st.text(max_size=500))
def test_nothing_of_a_text_becomes_markup(summary: str, text: str) -> None:
    shown = marked(f"{summary}<b>", f"{text} <script>parol</script> & {text}", "parol", "script", "b")
    plain = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in plain
    assert ">" not in plain


@pytest.mark.django_db
def test_an_answer_comes_with_its_line() -> None:
    index(Row("library", "it", "page", "uz", "Maktab", "Yangi parol oling.", "", "Qisqa"))
    assert look("parol", "uz").found[0].snippet == "Yangi <mark>parol</mark> oling."
    assert look("maktab", "uz").found[0].snippet == "Qisqa"
