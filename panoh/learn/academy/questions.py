"""A question of a bank as its file says it, and what can be wrong with it. Pure of Django.

A file ``content/courses/<course>/modules/<module>.toml`` holds every language of a question side by side, because a
question that differs between languages is two questions. Kinds: ``one``, ``several``, ``order``, ``match``, ``number``,
``short``.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

KINDS = ("one", "several", "order", "match", "number", "short")
USES = ("test", "practice")
CODE = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
PRIVATE = ("code", "version", "kind", "use", "topic", "text", "why")
OWN = {
    "one": {"options"},
    "several": {"options"},
    "order": {"options"},
    "match": {"pairs", "others"},
    "number": {"answer", "tolerance", "unit"},
    "short": {"accepted"},
}


def faults(question: Mapping[str, Any], languages: Sequence[str], topics: Sequence[str]) -> Iterator[str]:
    """What an author must mend, a sentence each."""
    kind = question.get("kind")
    if not CODE.match(str(question.get("code", ""))):
        yield "code must be lower-case letters, digits and hyphens"
    if not isinstance(question.get("version", 1), int) or question.get("version", 1) < 1:
        yield "version is a whole number from 1"
    if question.get("use", "test") not in USES:
        yield f"use is one of {', '.join(USES)}"
    if question.get("topic") not in topics:
        yield f"there is no topic {question.get('topic')!r} in this module"
    yield from _of_words(question.get("text"), "text", languages)
    yield from _of_words(question.get("why"), "why", languages)
    if kind not in KINDS:
        yield f"kind is one of {', '.join(KINDS)}"
        return
    if strange := sorted(set(question) - set(PRIVATE) - OWN[kind]):
        yield f"a question of the kind {kind} has no {', '.join(strange)}"
    checks = {"one": _of_choice, "several": _of_choice, "order": _of_order, "match": _of_match}
    checks |= {"number": _of_number, "short": _of_short}
    yield from checks[kind](question, languages)


def _of_words(words: object, place: str, languages: Sequence[str]) -> Iterator[str]:
    if not isinstance(words, Mapping):
        yield f"{place} is missing"
        return
    for language in languages:
        if not str(words.get(language, "")).strip():
            yield f"{place} is missing in {language}"


def _of_options(question: Mapping[str, Any], languages: Sequence[str]) -> Iterator[str]:
    options = question.get("options") or []
    if len(options) < 3:
        yield "at least three options are needed"
    codes = [str(option.get("code", "")) for option in options]
    if len(set(codes)) != len(codes) or not all(CODE.match(code) for code in codes):
        yield "every option has a code of its own"
    for option in options:
        yield from _of_words(option, f"option {option.get('code', '?')}", languages)
    for language in languages:
        said = [str(option.get(language, "")).strip().casefold() for option in options]
        if len(set(said)) != len(said):
            yield f"two options say the same in {language}"


def _of_choice(question: Mapping[str, Any], languages: Sequence[str]) -> Iterator[str]:
    yield from _of_options(question, languages)
    options = question.get("options") or []
    right = sum(bool(option.get("right")) for option in options)
    if question["kind"] == "one" and right != 1:
        yield f"exactly one option is right, here {right}"
    if question["kind"] == "several" and not 2 <= right < len(options):
        yield "at least two options are right and at least one is wrong"


def _of_order(question: Mapping[str, Any], languages: Sequence[str]) -> Iterator[str]:
    yield from _of_options(question, languages)
    if any("right" in option for option in question.get("options") or []):
        yield "options stand in their right order; none is marked right"


def _of_match(question: Mapping[str, Any], languages: Sequence[str]) -> Iterator[str]:
    pairs = question.get("pairs") or []
    if len(pairs) < 3:
        yield "at least three pairs are needed"
    codes = [str(pair.get("code", "")) for pair in [*pairs, *question.get("others", [])]]
    if len(set(codes)) != len(codes) or not all(CODE.match(code) for code in codes):
        yield "every pair has a code of its own"
    for pair in pairs:
        for side in ("left", "right"):
            yield from _of_words(pair.get(side), f"pair {pair.get('code', '?')}, {side}", languages)
    for other in question.get("others", []):
        yield from _of_words(other.get("right"), f"other {other.get('code', '?')}", languages)
    for language in languages:
        rights = [
            str((pair.get("right") or {}).get(language, "")).casefold()
            for pair in [*pairs, *question.get("others", [])]
        ]
        if len(set(rights)) != len(rights):
            yield f"two right sides say the same in {language}"


def _of_number(question: Mapping[str, Any], languages: Sequence[str]) -> Iterator[str]:
    if isinstance(question.get("answer"), bool) or not isinstance(question.get("answer"), int | float):
        yield "answer is a number"
    if not isinstance(question.get("tolerance", 0), int | float) or question.get("tolerance", 0) < 0:
        yield "tolerance is a number from 0"
    if "unit" in question:
        yield from _of_words(question["unit"], "unit", languages)


def _of_short(question: Mapping[str, Any], languages: Sequence[str]) -> Iterator[str]:
    accepted = question.get("accepted") or {}
    for language in languages:
        forms = accepted.get(language) or []
        if not forms or not all(isinstance(form, str) and form.strip() for form in forms):
            yield f"accepted holds no form in {language}"
