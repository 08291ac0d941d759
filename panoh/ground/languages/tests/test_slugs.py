import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..slugs import slug_of


@pytest.mark.parametrize(
    "title", ["Oʻzbek bolalari", "O'zbek bolalari", "Ўзбек болалари", "özbek BOLALARI", " oʻzbek—bolalari! "]
)
def test_a_title_has_one_slug_in_every_spelling(title: str) -> None:
    assert slug_of(title) == "ozbek-bolalari"


def test_letters_without_a_place_in_an_address_are_written_out() -> None:
    assert slug_of("Choʻchima, shoshma") == slug_of("Чўчима, шошма") == "chochima-shoshma"
    assert slug_of("Ребёнок в сети") == "rebyonok-v-seti"
    assert slug_of("Járdem kerek") == slug_of("Жәрдем керек") == "jardem-kerek"


def test_a_taken_slug_gets_the_next_number() -> None:
    assert slug_of("Ot", {"ot"}) == "ot-2"
    assert slug_of("Oʻt", {"ot", "ot-2"}) == "ot-3"


def test_a_long_title_is_cut_between_words_and_leaves_room_for_its_number() -> None:
    assert slug_of("bola " * 30, longest=20) == "bola-bola-bola-bola"
    assert slug_of("bola " * 30, {"bola-bola-bola-bola"}, longest=20) == "bola-bola-bola-2"


def test_a_title_without_letters_still_has_an_address() -> None:
    assert re.fullmatch("p-[0-9a-f]{8}", slug_of("😀😀"))
    assert slug_of("😀") != slug_of("😢")


@given(st.text(max_size=80))
def test_every_slug_fits_an_address(title: str) -> None:
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", slug_of(title))
    assert len(slug_of(title)) <= 60
