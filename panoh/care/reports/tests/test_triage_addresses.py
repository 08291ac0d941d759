"""One spelling for all ways to type the same address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panoh.care.reports.addresses import LONGEST, MOST, found_in, host_of, plain_address

SAME = [
    "https://www.instagram.com/p/AbC/?igsh=12&utm_source=x",
    "http://instagram.com/p/AbC",
    "INSTAGRAM.com//p/AbC/#top",
    "hxxps://instagram[.]com/p/AbC",
    "instagram.com/p/%41bC",
]


@pytest.mark.parametrize("typed", SAME)
def test_the_same_page_has_one_spelling(typed: str) -> None:
    assert plain_address(typed) == "instagram.com/p/AbC"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://t.me/s/Yomon/12", "tg://resolve?domain=yomon&post=12"),
        ("@yomon_kanal", "https://telegram.me/Yomon_Kanal"),
        ("https://youtu.be/dQw4?si=abc", "https://m.youtube.com/watch?v=dQw4&feature=share"),
        ("https://twitter.com/a/status/1", "x.com/a/status/1"),
        ("example.com/?b=2&a=1", "example.com/?a=1&b=2"),
        ("http://мойсайт.рф/путь", "xn--80arbjktj.xn--p1ai/%D0%BF%D1%83%D1%82%D1%8C"),
    ],
)
def test_two_names_of_one_place_are_one(one: str, other: str) -> None:
    assert plain_address(one) == plain_address(other) != ""


@pytest.mark.parametrize(
    "typed", ["", "salom", "1.5", "a@b.com", "javascript:alert(1)", "file:///etc", "@ab", "http://"]
)
def test_what_is_no_address_is_none(typed: str) -> None:
    assert plain_address(typed) == ""


def test_different_pages_stay_different() -> None:
    assert plain_address("example.com/a") != plain_address("example.com/b")
    assert plain_address("example.com/?v=1") != plain_address("example.com/?v=2")


def test_addresses_are_found_among_words_as_they_were_typed() -> None:
    text = "Bu yerda: https://Example.com/A, keyin @yomon_kanal. Yana (https://example.com/A)"
    assert found_in(text) == ["https://Example.com/A", "@yomon_kanal"]


def test_no_more_than_the_most_are_taken() -> None:
    assert len(found_in(" ".join(f"example.com/{n}" for n in range(500)))) == MOST


@given(st.text(max_size=200))
def test_nothing_anybody_types_breaks_it(typed: str) -> None:
    for found in found_in(typed):
        assert plain_address(found)
        assert len(found) <= LONGEST


@given(
    st.from_regex(
        r"(https?://)?[a-z]{1,8}\.(com|uz)(/[a-zA-Z0-9%._~-]{0,12}){0,3}(\?[a-z]=[a-z0-9%]{0,5})?", fullmatch=True
    )
)
def test_the_plain_spelling_of_a_plain_address_is_itself(typed: str) -> None:
    plain = plain_address(typed)
    assert plain_address(plain) == plain
    assert host_of(plain) == plain.split("/")[0].split("?")[0]
