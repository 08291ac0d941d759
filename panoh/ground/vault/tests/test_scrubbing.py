"""Numbers, addresses and accounts leave a text; when in doubt the whole text does."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .. import scrubbing
from ..scrubbing import WITHHELD, scrub


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("menga +998 90 123-45-67 ga qoʻngʻiroq qil", "menga [number] ga qoʻngʻiroq qil"),
        ("тел.: 90.123.45.67", "тел.: [number]"),
        ("9\u200b0\u200b1 23 45 67", "[number]"),
        ("۹۰۱۲۳۴۵۶۷", "[number]"),
        ("９０１２３４５６７", "[number]"),
        ("karta 8600 1234 5678 9012", "karta [number]"),
        ("pasport AB1234567, АА 7654321", "pasport [document], [document]"),
        ("yozing ali.vali@mail.ru", "yozing [e-mail]"),
        ("ali [at] mail [dot] ru", "[e-mail]"),
        ("t.me/abc va https://x.y/z?q=1 va мвд.рф", "[link] va [link] va [link]"),
        ("@laylo_99 yozdi, insta: laylo.x, Vova#1234", "[account] yozdi, [account], [account]"),
        ("12 yoshdaman, 2026-yil, 110-maktab, 7-B sinf", "12 yoshdaman, 2026-yil, 110-maktab, 7-B sinf"),
        ("u meni urdi. keyin ketdim", "u meni urdi. keyin ketdim"),
    ],
)
def test_what_it_was_stands_in_its_place(text: str, left: str) -> None:
    assert scrub(text) == left


@pytest.mark.parametrize("text", [None, 17, b"bytes", "x" * (scrubbing.LONGEST + 1), "kimdir u1@", "yana ://x"])
def test_what_cannot_be_judged_is_withheld(text: object) -> None:
    assert scrub(text) == WITHHELD  # type: ignore[arg-type]


def test_an_error_withholds_the_text_and_is_not_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scrubbing, "_scrubbed", lambda text: 1 // 0)
    assert scrub("harmless") == WITHHELD


@given(st.text(max_size=200), st.from_regex(r"\A\+?998[ -]?9\d[ -]?\d{3}[ -]?\d{2}[ -]?\d{2}\Z"), st.text(max_size=200))
def test_no_number_comes_through_whatever_stands_around_it(before: str, number: str, after: str) -> None:
    left = scrub(f"{before} {number} {after}")
    assert number not in left
    assert "".join(filter(str.isdigit, number))[-7:] not in "".join(filter(str.isdigit, left))


@pytest.mark.parametrize("text", ["a" * 20_000, "a." * 10_000, "1-" * 10_000, "a@" * 10_000, "a [dot] " * 2_500])
def test_no_text_makes_it_think_for_long(text: str) -> None:
    begun = time.perf_counter()
    scrub(text)
    assert time.perf_counter() - begun < 5
