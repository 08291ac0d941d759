"""A lesson while somebody writes it: its languages side by side, half finished or not. Pure of Django.

A draft is plain data: ``minutes``; ``head`` by language; ``steps``, each with a ``key`` of its own, with what all
languages share (kind, target, poster) and its ``words`` by language.
"""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from .lesson_files import MOST, Lesson, Step

Draft = dict[str, Any]
SHARED = ("kind", "target", "poster")
WORDS = ("title", "body", "alt", "captions", "transcript")
SPOKEN = ("text", "activity", "discussion")  # kinds that become one another without losing anything
BLANK_KINDS = ("text", "practice", "discussion")


def draft_of(lessons: Mapping[str, Lesson]) -> Draft:
    """A draft that says what these lessons say; by language, and of the same steps."""
    first = next(iter(lessons.values()))
    return {
        "minutes": first.minutes,
        "head": {language: _head(lesson) for language, lesson in lessons.items()},
        "steps": [
            {
                "key": f"s{number}",
                **{name: getattr(step, name) for name in SHARED},
                "words": {
                    language: {name: getattr(lesson.steps[number - 1], name) for name in WORDS}
                    for language, lesson in lessons.items()
                },
            }
            for number, step in enumerate(first.steps, 1)
        ],
    }


def _head(lesson: Lesson) -> dict[str, Any]:
    return {
        "title": lesson.title, "summary": lesson.summary, "sources": list(lesson.sources),
        "confirm": list(lesson.confirm), "reviewed_by": lesson.reviewed_by, "reviewed_on": lesson.reviewed_on,
    }  # fmt: skip


def blank(languages: Iterable[str]) -> Draft:
    """A lesson nobody has written yet, with the steps that most lessons have."""
    heads = {language: _head(Lesson("", language, "", "", 0, (), "", "", ())) for language in languages}
    draft: Draft = {"minutes": 20, "head": heads, "steps": []}
    for kind in BLANK_KINDS:
        draft = with_step(draft, kind)
    return draft


def lessons_of(draft: Draft, code: str) -> dict[str, Lesson]:
    """The lesson in each language, as its file will say it."""
    return {
        language: Lesson(
            code, language, head["title"], head["summary"], int(draft["minutes"] or 0), tuple(head["sources"]),
            head["reviewed_by"], head["reviewed_on"],
            tuple(_step(one, one["words"][language]) for one in draft["steps"]), tuple(head["confirm"]),
        )
        for language, head in draft["head"].items()
    }  # fmt: skip


def _step(one: Mapping[str, Any], words: Mapping[str, str]) -> Step:
    return Step(one["kind"], words["title"], words["body"], one["target"], 0, words["alt"], words["captions"],
                one["poster"], words["transcript"])  # fmt: skip


def with_step(draft: Draft, kind: str) -> Draft:
    """An empty step at the end; a lesson that has all its steps stays as it is."""
    made = deepcopy(draft)
    if len(made["steps"]) < MOST:
        taken = {one["key"] for one in made["steps"]}
        key = next(f"s{number}" for number in range(1, MOST * 3) if f"s{number}" not in taken)
        words = {language: dict.fromkeys(WORDS, "") for language in made["head"]}
        made["steps"].append({"key": key, "kind": kind, "target": "", "poster": "", "words": words})
    return made


def without_step(draft: Draft, key: str) -> Draft:
    made = deepcopy(draft)
    made["steps"] = [one for one in made["steps"] if one["key"] != key]
    return made


def moved_step(draft: Draft, key: str, by: int) -> Draft:
    """One place up (-1) or down (1); at the edge it stays."""
    made = deepcopy(draft)
    steps: list[dict[str, Any]] = made["steps"]
    at = next((place for place, one in enumerate(steps) if one["key"] == key), None)
    if at is not None and 0 <= at + by < len(steps):
        steps[at], steps[at + by] = steps[at + by], steps[at]
    return made


def told(draft: Draft, language: str, head: Mapping[str, Any], steps: Mapping[str, Mapping[str, Any]]) -> Draft:
    """The draft with what somebody wrote in one language; ``head`` and ``steps`` hold what was on the form only."""
    made = deepcopy(draft)
    made["minutes"] = head.get("minutes") or 0
    made["head"][language] |= {name: head[name] for name in ("title", "summary", "sources", "confirm")}
    for one in made["steps"]:
        given = steps.get(one["key"], {})
        one |= {name: given[name] for name in SHARED if name in given}
        one["words"][language] |= {name: given[name] for name in WORDS if name in given}
    return made


def changed(lessons: Mapping[str, Lesson], before: Mapping[str, Lesson]) -> list[str]:
    """The languages whose words are other than before; who read them does not count."""
    return [language for language, lesson in lessons.items() if _words(lesson) != _words(before.get(language))]


def _words(lesson: Lesson | None) -> Lesson | None:
    return replace(lesson, reviewed_by="", reviewed_on="", source="") if lesson else None


def reviewed(lessons: Mapping[str, Lesson], languages: Sequence[str], *, by: str, on: str) -> dict[str, Lesson]:
    """Those languages, read by this person on this day; the others keep their reader."""
    return {
        language: replace(lesson, reviewed_by=by, reviewed_on=on) if language in languages else lesson
        for language, lesson in lessons.items()
    }


def with_lesson(source: str, code: str) -> str:
    """The TOML of a module with one more lesson at the end of its list."""
    before, mark, rest = source.partition("lessons = [")
    inside, end, after = rest.partition("]")
    listed = inside.rstrip().rstrip(",")
    return f'{before}{mark}{listed}{", " if listed.strip() else ""}"{code}"{end}{after}'
