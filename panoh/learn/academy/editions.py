"""From files to rows: an edition's rows for every written form, and the files again. Pure of the database.

``Course`` here is what ``tree.py`` read.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from .tree import Course, Lesson

Turn = Callable[[str], str]
# Raised when the rows made from the same files change.
SHAPE = "1"


def achievement_name(course: str) -> str:
    """What a certificate of this course is issued for."""
    return f"course-{course}"


def fingerprint(course: Course) -> str:
    """A hash over all that the files of a course say, whatever their layout; its edition's number is not in it."""
    said = asdict(replace(course, edition=0, lessons={}, modules=(), source=""))
    said["modules"] = [asdict(replace(module, source="")) for module in course.modules]
    said["lessons"] = [["/".join(key), _said(course.lessons[key])] for key in sorted(course.lessons)]
    text = json.dumps([SHAPE, said], ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.blake2b(text.encode(), digest_size=32).hexdigest()


def _said(lesson: Lesson) -> dict[str, Any]:
    kept = asdict(replace(lesson, source=""))
    # What a step says nothing of makes no other fingerprint: older editions did not know it.
    plain = ("kind", "title", "body", "target")
    kept["steps"] = [
        {name: said for name, said in step.items() if name in plain or (said and name != "line")}
        for step in kept["steps"]
    ]
    return kept


def outline(course: Course, titles: Callable[[str, str, str], str], languages: Sequence[str]) -> list[dict[str, Any]]:
    """Modules and lessons with their titles by language, steps and minutes: what lists and links need."""
    first = course.languages[0]
    return [
        {
            "code": module.code,
            "titles": {language: titles(module.code, "", language) for language in languages},
            "lessons": [
                {
                    "code": code,
                    "titles": {language: titles(module.code, code, language) for language in languages},
                    "minutes": course.lessons[module.code, code, first].minutes,
                    "steps": len(course.lessons[module.code, code, first].steps),
                }
                for code in module.lessons
            ],
        }
        for module in course.modules
    ]


def shape(lesson: Lesson) -> list[str]:
    return [f"{step.kind} {step.target}".strip() for step in lesson.steps]


def minutes(course: Course) -> int:
    first = course.languages[0]
    return sum(lesson.minutes for (_, _, language), lesson in course.lessons.items() if language == first)


def texts_of(course: Course, language: str) -> tuple[set[str], set[str]]:
    """Every plain text and every Markdown text of one language, for making another script of it."""
    plain, prose = set[str](), set[str]()
    for words in (course.words[language], *(module.words[language] for module in course.modules)):
        plain |= set(_strings(words))
    for module in course.modules:
        plain |= {str(topic[language]) for topic in module.topics}
        plain |= {text for question in module.questions for text in said_in(question, language)}
    for (_, _, spoken), lesson in course.lessons.items():
        if spoken == language:
            plain |= {lesson.title, lesson.summary, *(text for step in lesson.steps for text in (step.title, step.alt))}
            prose |= {text for step in lesson.steps for text in (step.body, step.transcript) if text}
    return plain - {""}, prose


def turned_lesson(lesson: Lesson, language: str, words: Mapping[str, str], prose: Mapping[str, str]) -> Lesson:
    """A lesson in another script of its language. Whoever reviewed the one has not reviewed the other."""
    steps = tuple(
        replace(
            step,
            title=words.get(step.title, ""),
            body=prose.get(step.body, ""),
            alt=words.get(step.alt, ""),
            transcript=prose.get(step.transcript, ""),
        )
        for step in lesson.steps
    )
    return replace(
        lesson,
        language=language,
        title=words[lesson.title],
        summary=words[lesson.summary],
        reviewed_by="",
        reviewed_on="",
        steps=steps,
    )


def turned_words(held: Any, turn: Turn) -> Any:
    if isinstance(held, str):
        return turn(held) if held else ""
    if isinstance(held, list):
        return [turned_words(one, turn) for one in held]
    if isinstance(held, Mapping):
        return {name: turned_words(one, turn) for name, one in held.items()}
    return held


def in_scripts(held: Any, source: str, variant: str, turn: Callable[[str], str]) -> Any:
    """A question with every text of ``source`` beside itself in another script of it."""
    if isinstance(held, Mapping):
        made = {name: in_scripts(one, source, variant, turn) for name, one in held.items()}
        if isinstance(held.get(source), str | list):
            made[variant] = turned_words(held[source], turn)
        return made
    if isinstance(held, list):
        return [in_scripts(one, source, variant, turn) for one in held]
    return held


def said_in(held: Any, language: str) -> Iterator[str]:
    """Every text of a question in one language."""
    if isinstance(held, Mapping):
        for name, one in held.items():
            if name == language:
                yield from _strings(one)
            else:
                yield from said_in(one, language)
    elif isinstance(held, list):
        for one in held:
            yield from said_in(one, language)


def _strings(held: Any) -> Iterator[str]:
    if isinstance(held, str):
        yield held
    elif isinstance(held, Mapping):
        for one in held.values():
            yield from _strings(one)
    elif isinstance(held, list):
        for one in held:
            yield from _strings(one)
