"""The order of answers, synonyms, stems, and pages that must not be missed."""

import pytest
from pytest_django import DjangoAssertNumQueries

from .. import synonyms
from ..public import Row, find, index_many, look

pytestmark = pytest.mark.django_db


def put(*rows: tuple[str, str, str, str], language: str = "uz") -> None:
    index_many(
        Row("library", thing, "page", language, title, text, "", summary) for thing, title, summary, text in rows
    )


def things(question: str, language: str = "uz") -> list[str]:
    return [found.thing for found in find(question, language)]


def test_title_comes_before_summary_before_text() -> None:
    put(("c", "Bir", "", "parol"), ("b", "Ikki", "parol", ""), ("a", "Parol", "", ""))
    assert things("parol") == ["a", "b", "c"]


def test_a_whole_word_comes_before_its_beginning_before_its_stem_before_a_slip() -> None:
    put(
        ("also", "kitobcha", "", ""),
        ("stem", "kitobim", "", ""),
        ("more", "kitoblarimga", "", ""),
        ("one", "kitoblar", "", ""),
    )
    assert things("kitoblar") == ["one", "more", "stem", "also"]
    put(("near", "kotiblar", "", ""))
    assert things("kitoblar") == ["one", "more", "stem", "also"]
    assert things("kotiplar")[0] == "near"


def test_a_slip_in_the_title_comes_before_the_word_in_the_text() -> None:
    put(("text", "Bir", "", "sozlamalar"), ("title", "Sozlamalarni", "", ""))
    assert things("sozlamalr") == ["title", "text"]


def test_equals_stand_in_the_order_of_their_titles_in_every_script() -> None:
    put(("1", "Shahar parol", "", ""), ("2", "Sahro parol", "", ""), ("3", "Oʻt parol", "", ""))
    put(("1", "Шаҳар парол", "", ""), ("2", "Саҳро парол", "", ""), ("3", "Ўт парол", "", ""), language="uz-cyrl")
    assert things("parol") == things("парол", "uz-cyrl")


@pytest.mark.parametrize(
    ("language", "written", "asked"),
    [
        ("uz", "telefon", "telefonlarimizdagi"),
        ("uz", "qoʻrqitish", "qoʻrqityapman"),
        ("uz", "xavfsizlik", "xavfsizligimiz"),
        ("kaa", "súwret", "súwretlerińdi"),
        ("ru", "угрозы", "угрозами"),
        ("ru", "травля", "травлю"),
        ("ru", "ребёнок", "ребенок"),
        ("en", "password", "passwords"),
    ],
)
def test_an_ending_does_not_hide_a_word(language: str, written: str, asked: str) -> None:
    put(("it", written, "", ""), language=language)
    assert things(asked, language) == ["it"]


@pytest.mark.parametrize(("written", "asked"), [("bola", "ola"), ("sirli", "sir"), ("sana", "sanoq")])
def test_a_short_word_is_not_cut_to_pieces(written: str, asked: str) -> None:
    put(("it", written, "", ""))
    assert things(asked) == (["it"] if written.startswith(asked) else [])


@pytest.mark.parametrize(
    ("written", "asked"), [("zoʻravonlik", "насилиями"), ("сентябрь", "sentabrda"), ("бола", "children")]
)
def test_words_that_mean_the_same_find_each_other_in_every_language(written: str, asked: str) -> None:
    put(("it", written, "", ""))
    assert things(asked) == ["it"]


def test_every_pair_of_the_centre_is_a_pair_after_folding() -> None:
    assert all(len(group) > 1 for group in synonyms.groups().values())


def test_words_that_say_nothing_are_passed_over_unless_they_are_the_question() -> None:
    put(("it", "Parol", "", ""), ("what", "Nima qilish kerak", "", ""))
    assert things("parol bilan nima qilish kerak") == ["it"]
    assert things("nima qilish kerak") == ["what"]


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("yashagim kelmayapti", "uz"),
        ("YASHAGIM KELMAYDI nima qilay", "uz"),
        ("яшагим келмаяпти", "uz-cyrl"),
        ("не хочу жить", "ru"),
    ],
)
def test_a_page_that_must_not_be_missed_comes_first(question: str, language: str) -> None:
    thing = "guidance:when-everything-is-too-much"
    put((thing, "Ogʻir", "", "matn"), ("other", "Yashagim жить kelmadi хочу", "", ""), language=language)
    assert things(question, language)[0] == thing
    assert thing not in things("kelmadi", language)


def test_a_search_takes_at_most_four_queries(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    put(("it", "Parol va sozlamalar", "", "matn"))
    with django_assert_max_num_queries(4):
        assert look("paorl sozlmalar boshqa yana", "uz").found
    with django_assert_max_num_queries(3):
        assert find("paorl sozlmalar", "uz")
