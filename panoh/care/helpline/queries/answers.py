"""Sentences a counsellor may begin from: reviewed words in the talk's language, never sent by themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from panoh.care.talks import public as talks
from panoh.ground.common.centre import centre_file
from panoh.ground.languages import public as languages

from ..models import Talk

FALLBACK = "general"


@dataclass(frozen=True, slots=True)
class Answer:
    """One canned answer, its placeholders filled; ``shortcut`` is what a counsellor types to find it."""

    code: str
    topic: str
    shortcut: str
    text: str
    is_reviewed: bool


@dataclass(frozen=True, slots=True)
class Topic:
    """The answers of one topic; ``fits`` when the talk is about it."""

    code: str
    fits: bool
    answers: list[Answer]


def answers_for(talk: Talk, *, alias: str) -> list[Topic]:
    """All answers of the talk's language by topic, the fitting topics first; what nobody reviewed stays away."""
    about = {FALLBACK, *topics_of(talk)}
    filled = {"alias": alias, "name": talk.conversation.alias}
    topics: dict[str, list[Answer]] = {}
    for row in _index():
        if answer := _answer(row, talk.language, filled):
            topics.setdefault(answer.topic, []).append(answer)
    found = [Topic(code, code in about, answers) for code, answers in topics.items()]
    return sorted(found, key=lambda topic: (not topic.fits, topic.code == FALLBACK))


def topics_of(talk: Talk) -> list[str]:
    """What the talk is about, as far as somebody said or the lexicon saw."""
    seen = [talks.lexicon().topic(name) for name in talk.lexicon_classes.split()]
    return sorted({*talk.topics.split(), *filter(None, seen)})


def _index() -> list[Mapping[str, Any]]:
    try:
        return list(centre_file("answers/index.toml").get("answer", []))
    except FileNotFoundError:
        return []


def _answer(row: Mapping[str, Any], language: str, filled: Mapping[str, str]) -> Answer | None:
    code = str(row["code"])
    try:
        if not languages.may_show(code, language):
            return None
        text = languages.word(code, language, **filled)
    except (languages.UnknownWordError, languages.UnreviewedError, KeyError):
        return None
    reviewed = code not in languages.unreviewed(language)
    return Answer(code, str(row.get("topic", FALLBACK)), str(row.get("shortcut", "")), text, reviewed)
