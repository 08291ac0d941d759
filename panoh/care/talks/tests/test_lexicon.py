import csv
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from panoh.care.talks.lexicon import Lexicon, LexiconError
from panoh.care.talks.spelling import fold

FILES = sorted((Path(settings.CENTRE_DIR) / "lexicon").glob("*.toml"))
SENTENCES = Path(settings.ROOT) / "bench" / "lexicon_sentences.csv"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.from_data([tomllib.loads(file.read_text(encoding="utf-8")) for file in FILES])


def data(**fields: Any) -> dict[str, Any]:
    return {"class": "attack", "urgency": 1, "terms": {"en": ["blue moon*"]}} | fields


@pytest.mark.parametrize(
    "text",
    [
        "Oʻlgim kelyapti",
        "O'lgim kelyapti",
        "O‘lgim kelyapti",
        "O`LGIM KELYAPTI",
        "olgim kelvotti",
        "Ўлгим келяпти",
        "улгим кевотти",
        "oʻlgiiiim kelyaptiii",
        "o\u0336ʻlgim k\u0301elyapti",
        "o\u200bʻlgim kelyap\u00adti",
        "хочу умереть",
        "хoчy умepeть",
        "ХОЧУ УМЕРЕТЬ",
        "ya hochu umeret",
        "Ólgim keledi",
        "Олгим keledi",
        "i wanna die",
    ],
)
def test_one_wish_is_heard_in_every_spelling(lexicon: Lexicon, text: str) -> None:
    assert lexicon.urgency(text) == (1, ["suicide_self_harm"])


@pytest.mark.parametrize(
    "text",
    [
        "Oʻlib qolay kulgidan",
        "Kulgidan o'lib qoldim",
        "Я умираю со смеху",
        "Telefon olgim kelyapti",
        "Kúlkiden óldim",
        "My battery is dead",
        "",
        "🙂🙂",
        "12345 ??? ...",
    ],
)
def test_what_only_sounds_alike_raises_nothing(lexicon: Lexicon, text: str) -> None:
    assert lexicon.urgency(text) == (None, [])


def test_a_joke_beside_it_does_not_hide_a_wish_to_die(lexicon: Lexicon) -> None:
    assert lexicon.urgency("хочу умереть ахаха")[0] == 1
    assert lexicon.urgency("O'lgim kelyapti. Kulgili, a?")[0] == 1


def test_the_soonest_class_decides_and_all_are_named(lexicon: Lexicon) -> None:
    urgency, classes = lexicon.urgency("Отчим меня бьёт. Я хочу умереть.")
    assert urgency == 1
    assert {"suicide_self_harm", "violence_home"} <= set(classes)


def test_a_hit_names_its_place_in_the_words_as_typed(lexicon: Lexicon) -> None:
    text = "Salom! 😶 Менга айтинг: ўлгим келяпти, нима қилай"
    (hit,) = lexicon.hits(text)
    assert text[hit.start : hit.end] == "ўлгим келяпти"


def test_a_term_never_reaches_over_the_end_of_a_sentence() -> None:
    lexicon = Lexicon.from_data(data(terms={"en": ["blue .. moon"]}))
    assert lexicon.hits("a blue and a moon")
    assert not lexicon.hits("It is blue. A moon")


def test_a_guard_only_shields_what_stands_close_by() -> None:
    lexicon = Lexicon.from_data(data(guards={"en": ["game"]}))
    assert not lexicon.hits("in the game a blue moon")
    assert lexicon.hits("in the game. Then a blue moon")
    assert lexicon.hits("the game we played all day long was over, blue moon")


def test_words_joined_are_found_in_any_order() -> None:
    lexicon = Lexicon.from_data(data(terms={"en": ["red & moon*"]}))
    assert lexicon.hits("red the moons")
    assert lexicon.hits("moons so red")
    assert not lexicon.hits("red one two three four five six seven eight moon")


def test_words_far_apart_are_found_over_a_full_stop_only_when_the_term_says_so() -> None:
    lexicon = Lexicon.from_data(data(terms={"en": ["red + moon*"]}))
    assert lexicon.hits("It was red. I saw two moons")
    assert lexicon.hits("Moons. All of them red")
    assert not lexicon.hits("red" + " word" * 20 + " moon")


def test_terms_share_the_words_and_endings_of_their_language() -> None:
    words = {"words": {"uz": {"kin": "dadam*/akam", "endings": "adi/vot"}}}
    lexicon = Lexicon.from_data([words, data(terms={"uz": ["@kin/ustoz .. ur~"]})])
    assert lexicon.hits("dadamlar meni urvotti")
    assert lexicon.hits("ustoz uradi")
    assert not lexicon.hits("dadam urush haqida gapirdi")


def test_figures_typed_for_letters_are_read_as_letters() -> None:
    assert fold("qan4a") == fold("qancha")
    assert fold("су1цид") == fold("суицид")
    assert fold("2024") == "2024"
    assert fold("14yosh") == "14iosh"


def test_spellings_meet_in_one_key() -> None:
    assert fold("oʻzbek") == fold("o'zbek") == fold("Ўзбек")
    assert fold("qıraq") == fold("қырақ")
    assert fold("ёлка") == fold("yolka")


@pytest.mark.parametrize(
    ("spoilt", "said"),
    [
        (data(urgency=4), "urgency"),
        (data(urgency=True), "urgency"),
        (data(terms={"en": ["a*"]}), "too short"),
        (data(terms={"xx": ["word"]}), "unknown language"),
        (data(terms={"en": ["& moon"]}), "empty"),
        (data(terms={"en": ["@nobody"]}), "nobody"),
        ({"urgency": 1}, "without a name"),
    ],
)
def test_a_term_that_cannot_be_read_is_refused(spoilt: dict[str, Any], said: str) -> None:
    with pytest.raises(LexiconError, match=said):
        Lexicon.from_data(spoilt)


def test_a_class_stands_once() -> None:
    with pytest.raises(LexiconError, match="twice"):
        Lexicon.from_data([data(), data()])


def test_every_class_asks_for_a_skill_the_queue_knows(lexicon: Lexicon) -> None:
    topics = tomllib.loads((Path(settings.CENTRE_DIR) / "centre.toml").read_text(encoding="utf-8"))["queue"]["topics"]
    assert {lexicon.topic(cls) for cls in lexicon.classes} <= set(topics)


def rows() -> list[dict[str, str]]:
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_public_sentences_are_many_and_two_in_five_are_harmless(lexicon: Lexicon) -> None:
    harmless = [row for row in rows() if row["class"] == "none"]
    assert len(rows()) >= 320
    assert len(harmless) / len(rows()) >= 0.4
    assert {row["class"] for row in rows()} == {*lexicon.classes, "none"}
    assert len({row["text"] for row in rows()}) == len(rows())


def test_every_sentence_expects_the_urgency_of_its_class(lexicon: Lexicon) -> None:
    for row in rows():
        assert row["urgency"] == str(lexicon.classes.get(row["class"], ""))


def test_what_the_lexicon_once_saw_it_still_sees(lexicon: Lexicon) -> None:
    """A floor under the figures of ``make bench``, so that a new term cannot quietly undo an old one."""
    known = [row for row in rows() if row["part"] == "held" and row["class"] != "none"]
    seen = sum((lexicon.urgency(row["text"])[0] or 4) <= int(row["urgency"]) for row in known)
    harmless = [row for row in rows() if row["class"] == "none"]
    wrong = [row["text"] for row in harmless if lexicon.hits(row["text"])]
    assert seen / len(known) >= 0.98
    assert len(wrong) / len(harmless) <= 0.03, wrong


def test_a_message_is_read_before_anyone_notices(lexicon: Lexicon) -> None:
    """The promise is under a millisecond; ten allow for a busy machine."""
    text = "Men bugun maktabga bordim va u yerda do'stlarim bilan gaplashdik. " * 8
    start = time.perf_counter()
    for _ in range(20):
        lexicon.urgency(text[:500])
    assert (time.perf_counter() - start) / 20 < 0.010
