"""What ``centre/`` says to a child: complete, kind, in the right letters, and marked as reviewed by nobody yet."""

import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest
from django.conf import settings

CENTRE = Path(settings.CENTRE_DIR)
WRITTEN = ("uz", "ru", "en", "kaa")

# Words that a child must not meet here, as beginnings of words.
UNKIND = {
    "en": r"victim|incident|offen[cs]e|invalid|\bcase\b|child porn|why did you|stupid|(?<!not )your fault",
    "ru": r"жертв|инцидент|порнограф|недопустим|неверн|сам[аи]? виноват|почему ты|зачем ты",
    "uz": r"qurbon|jabrlanuvchi|pornograf|hodisa|nega siz|oʻzingiz aybdor",
    "kaa": r"qurban|pornograf|nege siz|óziń ayıplı",
}
LETTERS = {
    "uz": r"[A-Za-zʻʼ]",
    "kaa": r"[A-Za-zÁáǴǵıŃńÓóÚú]",
    "ru": r"[A-Za-zА-Яа-яЁё]",
    "en": r"[A-Za-z’]",
}


def texts(language: str) -> dict[str, str]:
    return tomllib.loads((CENTRE / "words" / f"{language}.toml").read_text(encoding="utf-8"))


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def answers() -> list[dict[str, str]]:
    return list(tomllib.loads((CENTRE / "answers" / "index.toml").read_text(encoding="utf-8"))["answer"])


@pytest.mark.parametrize("language", WRITTEN)
def test_no_text_is_missing_and_none_is_left_over(language: str) -> None:
    assert texts(language).keys() == texts("en").keys()
    assert all(text.strip() for text in texts(language).values())


@pytest.mark.parametrize("language", WRITTEN)
def test_every_language_leaves_the_same_places_to_fill(language: str) -> None:
    english = texts("en")
    assert {c: placeholders(t) for c, t in texts(language).items()} == {c: placeholders(english[c]) for c in english}


@pytest.mark.parametrize("language", WRITTEN)
def test_no_text_blames_or_names_a_child_a_victim(language: str) -> None:
    said = {code: text for code, text in texts(language).items() if re.search(UNKIND[language], text, re.I)}
    assert said == {}


@pytest.mark.parametrize("language", WRITTEN)
def test_every_word_is_written_in_the_letters_of_its_language(language: str) -> None:
    for code, text in texts(language).items():
        for letter in re.sub(r"\{\w+\}", "", text):
            assert not letter.isalpha() or re.match(LETTERS[language], letter), (code, letter)
        assert not re.search(r"[`´‘']", text), code


@pytest.mark.parametrize("language", WRITTEN)
def test_the_first_notice_is_two_sentences(language: str) -> None:
    assert len(re.findall(r"[.!?](?:\s|$)", texts(language)["notice.short"])) == 2


@pytest.mark.parametrize(("language", "read"), [("uz", "Telegram"), ("ru", "Telegram"), ("en", "Telegram")])
def test_the_full_notice_says_that_telegram_reads_telegram(language: str, read: str) -> None:
    assert read in texts(language)["notice.full"]


@pytest.mark.parametrize("language", WRITTEN)
def test_sentences_are_short_enough_for_a_child_of_ten(language: str) -> None:
    for code, text in texts(language).items():
        for sentence in re.split(r"[.!?:\n]+", text):
            assert len(sentence.split()) <= 32, (code, sentence)


def test_five_sentences_for_sextortion_stand_first_and_in_order() -> None:
    codes = [row["code"] for row in answers() if row["topic"] == "sextortion"]
    assert codes[:5] == [f"answer.sextortion.{number}" for number in range(1, 6)]


def test_every_answer_has_its_text_and_every_text_its_answer() -> None:
    listed = [row["code"] for row in answers()]
    assert len(listed) >= 40
    assert sorted(listed) == sorted(code for code in texts("en") if code.startswith("answer."))
    assert all(placeholders(texts("en")[code]) <= {"alias", "name"} for code in listed)


def test_answers_stand_under_known_topics_with_shortcuts_of_their_own() -> None:
    topics = tomllib.loads((CENTRE / "taxonomy" / "topics.toml").read_text(encoding="utf-8"))["item"]
    assert {row["topic"] for row in answers()} <= {topic["code"] for topic in topics}
    shortcuts = [row["shortcut"] for row in answers()]
    assert len(set(shortcuts)) == len(shortcuts)


def test_no_number_in_the_file_pretends_to_be_verified() -> None:
    numbers = tomllib.loads((CENTRE / "numbers.toml").read_text(encoding="utf-8"))["number"]
    assert not [row for row in numbers if "verified_on" in row or "verified_by" in row]
    assert all(set(row[field]) == set(WRITTEN) for row in numbers for field in ("names", "hours", "for_whom"))
