"""Each rule of the checks finds what it is for, with its place, and leaves good words alone."""

import random
import string
from dataclasses import replace

import pytest
from django.conf import settings

from panoh.learn.portal.checking import findings
from panoh.learn.portal.leaves import Leaf
from panoh.learn.portal.tree import Tree

GOOD = Leaf(
    "guidance", "first", "uz", "Birinchi telefon", "Telefonni qanday berish kerak.", "children", 0,
    {"now": ["Toʻxtang.", "Kattalarga ayting."], "easy_title": "Oson"},
    "## Bir\n\nMatn [ikkinchi sahifa](page:second) haqida.\n", "Qisqa gap.\n",
)  # fmt: skip
SLUGS = {"first", "second"}


def rules(leaf: Leaf) -> list[tuple[str, str, int, str]]:
    return [(one.rule, one.place, one.line, one.level) for one in findings(leaf, SLUGS)]


def test_good_words_have_nothing_to_be_said_about_them() -> None:
    assert rules(GOOD) == []


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("uz", "bu yerda"),
        ("uz", "Shu yerda"),
        ("ru", "здесь"),
        ("ru", "«Здесь»."),
        ("en", "here"),
        ("en", "Click here"),
    ],
)
def test_a_link_that_says_nothing_is_an_error_with_its_line(language: str, words: str) -> None:
    leaf = replace(GOOD, language=language, body=f"A.\n\nB [{words}](page:second).\n", easy="")
    assert rules(leaf) == [("empty_link", "body", 3, "error")]


@pytest.mark.parametrize("words", ["hozir kimgadir yozish", "bu yerda yozilgan qoidalar"])
def test_a_link_that_says_where_it_leads_is_left_alone(words: str) -> None:
    assert rules(replace(GOOD, body=f"[{words}](door:talk)\n")) == []


def test_a_link_to_nowhere_and_a_link_outside_without_https_are_errors() -> None:
    leaf = replace(GOOD, body="[telefonlar](page:third)\n\n[sayt haqida](http://x.test)\n")
    assert rules(leaf) == [("no_target", "body", 1, "error"), ("strange_link", "body", 0, "error")]


def test_a_picture_without_words_is_an_error_and_one_with_words_a_warning() -> None:
    assert rules(replace(GOOD, body="A\n\n![](https://x.test/a.png)\n"))[0] == ("no_alt", "body", 3, "error")
    assert rules(replace(GOOD, body="![telefon](https://x.test/a.png)\n"))[0] == ("picture", "body", 1, "warning")


@pytest.mark.parametrize("word", ["tеlefon", "телефoн", "Кaрта"])
def test_letters_of_two_scripts_in_one_word_are_an_error(word: str) -> None:
    assert rules(replace(GOOD, body=f"Bir.\n\nBu {word} edi.\n")) == [("mixed", "body", 3, "error")]


@pytest.mark.parametrize("words", ["SMS-код келди", "oʻzbekcha va русский", "4C"])
def test_two_scripts_side_by_side_are_not_mixed(words: str) -> None:
    assert rules(replace(GOOD, body=f"{words}\n")) == []


@pytest.mark.parametrize(("language", "audience", "most"), [
    ("uz", "children", 15), ("uz", "parents", 19), ("uz", "policy", 25), ("ru", "children", 16), ("en", "industry", 30),
])  # fmt: skip
def test_a_sentence_is_as_long_as_its_reader_can_hold(language: str, audience: str, most: int) -> None:
    leaf = replace(GOOD, language=language, audience=audience, easy="")
    assert rules(replace(leaf, body=f"{'ab ' * most}.\n")) == []
    assert rules(replace(leaf, body=f"Ab.\n\n{'ab ' * (most + 1)}.\n")) == [("long_sentence", "body", 3, "warning")]


def test_easy_words_hold_fifteen_in_a_sentence_and_more_is_an_error() -> None:
    assert rules(replace(GOOD, easy=f"{'ab ' * 15}.\n")) == []
    assert rules(replace(GOOD, easy=f"- ab.\n- {'ab ' * 16}.\n")) == [("easy_sentence", "easy", 2, "error")]


def test_many_long_words_are_a_warning_with_examples() -> None:
    body = ("Soʻz bor. " * 20) + "Umumlashtirilmaganligimizdan. Tashkilotlashtirish. " * 5
    found = findings(replace(GOOD, body=body), SLUGS)
    assert [(one.rule, one.level) for one in found] == [("long_words", "warning")]
    assert "Umumlashtirilmaganligimizdan" in str(found[0])


def test_a_summary_longer_than_a_list_shows_is_a_warning_and_longer_than_it_may_be_an_error() -> None:
    assert rules(replace(GOOD, summary="a" * 161)) == [("long_summary", "summary", 0, "warning")]
    assert rules(replace(GOOD, summary="a" * 201)) == [("too_long", "summary", 0, "error")]


def test_what_was_pasted_as_html_is_an_error() -> None:
    assert rules(replace(GOOD, body='A\n\n<p class="MsoNormal">B</p>\n')) == [("html", "body", 3, "error")]


def test_a_heavy_page_is_first_warned_of_and_then_refused() -> None:
    noise = random.Random(1)
    words = ["".join(noise.choices(string.ascii_lowercase, k=6)) for _ in range(9_000)]
    paragraphs = [". ".join(words[at : at + 5]) for at in range(0, len(words), 5)]
    some, more = "\n\n".join(paragraphs[:1_000]), "\n\n".join(paragraphs)
    assert ("heavy", "body", 0, "warning") in rules(replace(GOOD, body=some))
    assert ("heavy", "body", 0, "error") in rules(replace(GOOD, body=more))


@pytest.mark.parametrize("part", [{"title": " "}, {"summary": ""}, {"data": {"now": []}}])
def test_what_is_missing_is_an_error(part: dict[str, object]) -> None:
    assert {rule for rule, _place, _line, _level in rules(replace(GOOD, **part))} <= {"missing", "no_steps"}  # type: ignore[arg-type]  # told by name, of many kinds
    assert rules(replace(GOOD, **part))  # type: ignore[arg-type]  # told by name, of many kinds


def test_the_content_of_the_house_would_not_be_stopped() -> None:
    tree = Tree(settings.CONTENT_DIR)
    kinds = {"guidance", "question", "term", "page"}
    errors = [(leaf.language, leaf.code, str(one)) for leaf in tree.leaves if leaf.kind in kinds
              for one in findings(leaf, tree.slugs) if one.level == "error"]  # fmt: skip
    assert errors == []
