"""The search over the real content: the same answers for every spelling, few queries, and nothing that harms."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from panoh.ground.common.centre import centre_file
from panoh.ground.languages.public import to_script
from panoh.ground.search import public as search
from panoh.learn.portal.services import import_content, publish_sheets
from panoh.learn.portal.tree import Tree

pytestmark = pytest.mark.django_db
QUESTIONS = [
    line for line in (Path(__file__).parent / "questions.txt").read_text(encoding="utf-8").splitlines()[1:] if line
]


def spellings(question: str) -> list[str]:
    """With the letters of the norm, with the apostrophe of a keyboard, in Cyrillic, in the letters of 2026."""
    typed = question.replace("ʻ", "'").replace("ʼ", "'")
    return [question, typed, to_script(question, "uz-cyrl"), to_script(question, "uz-2026")]


def answered(question: str) -> list[str]:
    return [found.thing for found in search.find(question, "uz", at_most=5)]


def test_the_same_question_in_four_spellings_has_the_same_first_five_answers() -> None:
    publish_sheets([leaf for leaf in Tree(settings.CONTENT_DIR).leaves if leaf.language == "uz"])
    assert len(QUESTIONS) >= 100
    different, empty = [], []
    for question in QUESTIONS:
        first, *others = [answered(spelling) for spelling in spellings(question)]
        different += [question] if any(other != first for other in others) else []
        empty += [question] if not first else []
    assert different == []
    assert len(empty) <= len(QUESTIONS) // 20, empty
    assert_the_first_answer_is_the_right_one()


def assert_the_first_answer_is_the_right_one() -> None:
    """Some of the questions have one answer that must come first."""
    for question, thing in {
        "akkauntimni olib qo'yishdi": "guidance:my-account-was-taken",
        "meni qo'rqitishyapti": "guidance:somebody-threatens-me",
        "kiberbuling": "term:cyberbullying",
        "telegramm sozlamalri": "guidance:telegram-settings",
    }.items():
        assert thing in answered(question)[:2], (question, answered(question))


@pytest.fixture
def published(folder: Path) -> None:
    import_content(folder)


@pytest.mark.parametrize(
    "question", ["sahifa", "muhim soʻz bilan", "muhm", "sahfia nochor muhimm", "zzzzzz qqqqqqq wwwwww", "", "??"]
)
def test_a_search_page_takes_few_queries(
    client: Client, published: None, django_assert_max_num_queries: DjangoAssertNumQueries, question: str
) -> None:
    with django_assert_max_num_queries(6):
        assert client.get("/uz/search/", {"q": question}).status_code == 200


def test_found_words_are_marked_and_nothing_else_is_markup(client: Client, published: None) -> None:
    page = client.get("/uz/search/", {"q": "so'z <b>"}).content.decode()
    assert "<mark>soʻz</mark>" in page
    assert "<b>" not in page


@pytest.mark.parametrize(("language", "mended"), [("uz", "muhim"), ("uz-cyrl", "муҳим")])
def test_a_slip_is_asked_about_in_the_script_of_the_reader(
    client: Client, published: None, language: str, mended: str
) -> None:
    page = client.get(f"/{language}/search/", {"q": "muhym"})
    assert f">{mended}</a>" in page.content.decode()
    assert page.context["answers"]


def test_a_question_is_counted_without_who_asked_it(client: Client, published: None) -> None:
    client.get("/uz/search/")
    for question in ("Sahifa", "САҲИФА", "sahifa", *["xyzxyz"] * 3, *["+998 90 123 45 67"] * 3, "muhim"):
        client.get("/uz/search/", {"q": question})
    today = timezone.localdate()
    assert search.asked_often(today) == [("sahifa", 3, 0), ("xyzxyz", 3, 3)]
    assert search.asked_in_vain(today) == [("xyzxyz", 3, 3)]


def test_every_page_that_must_come_first_is_a_page() -> None:
    codes = {f"{leaf.kind}:{leaf.code}" for leaf in Tree(settings.CONTENT_DIR).leaves}
    assert {row["thing"] for row in centre_file("search.toml")["first"]} <= codes
