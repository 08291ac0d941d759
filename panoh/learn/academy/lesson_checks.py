"""What is wrong with a lesson, asked of a file and of a draft alike. Pure of Django."""

import re
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from panoh.ground.common import letters

from . import lesson_files, lesson_media
from .lesson_faults import Fault, fault
from .lesson_files import Lesson, Step

DOORS = ("talk", "report", "numbers", "return")
_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")


def of_lesson(lesson: Lesson, practice: Collection[str], folder: Path) -> Iterator[Fault]:
    """``practice``: the codes of the module's practice questions; ``folder``: the content's, where files stand."""
    yield from of_head(lesson)
    fewest, most = lesson_files.FEWEST, lesson_files.MOST
    if not fewest <= len(lesson.steps) <= most:
        yield fault("how_many", fewest=fewest, most=most, n=len(lesson.steps))
    for number, step in enumerate(lesson.steps, 1):
        found = [*of_step(step), *lesson_media.faults_of(step, folder)]
        if step.kind == "practice" and step.target and step.target not in practice:
            found.append(fault("no_practice", words=step.target))
        yield from (replace(one, step=number, line=step.line) for one in found)


def of_head(lesson: Lesson) -> Iterator[Fault]:
    if not lesson.title.strip():
        yield fault("no_title")
    if not lesson.summary.strip():
        yield fault("no_summary")
    if not 1 <= lesson.minutes <= 120:
        yield fault("minutes")
    if not lesson.sources:
        yield fault("no_sources")
    if bool(lesson.reviewed_by) != bool(lesson.reviewed_on):
        yield fault("half_review")


def of_step(step: Step) -> Iterator[Fault]:
    """What a step lacks for its kind."""
    kind, needed = step.kind, lesson_files.NEEDED.get(step.kind, ())
    if kind not in lesson_files.KINDS:
        yield fault("no_kind", kind=kind)
    if not step.title:
        yield fault("no_heading")
    if (kind in lesson_files.WITH_TARGET) != bool(step.target):
        yield fault("no_target" if kind in lesson_files.WITH_TARGET else "target", kind=kind)
    if kind not in lesson_files.WITH_TARGET and not step.body:
        yield fault("empty")
    for name in ("alt", "captions", "poster", "transcript"):
        said = getattr(step, name)
        if said and name not in (*lesson_files.FACTS.get(kind, ()), *needed):
            yield fault("not_here", kind=kind, name=name)
        if not said and name in needed:
            yield fault("needs", kind=kind, name=name)


def of_letters(text: str, language: str, *, step: int = 0) -> Iterator[Fault]:
    for line, word in letters.mixed(text):
        yield fault("mixed", step=step, line=line, words=word)
    for line, found in letters.straight(text) if language == "uz" else ():
        yield fault("straight", step=step, line=line, words=found)


def of_links(text: str, *, step: int = 0) -> Iterator[Fault]:
    for words, target in _LINK.findall(text):
        if not (target.startswith(("https://", "page:")) or target.removeprefix("door:") in DOORS):
            yield fault("strange_link", step=step, words=words, target=target)


def of_words(lesson: Lesson) -> Iterator[Fault]:
    """Letters, links and marks of a lesson that is no file yet; a line is none of a file's."""
    yield from _of_text("\n".join((lesson.title, lesson.summary, *lesson.sources)), lesson.language, 0)
    for number, step in enumerate(lesson.steps, 1):
        text = "\n".join((step.title, step.alt, step.body, step.transcript))
        yield from _of_text(text, lesson.language, number)
    again, stray = lesson_files.read(lesson_files.write(lesson), lesson.code, lesson.language)
    if stray or again != lesson:
        yield fault("marks")


def _of_text(text: str, language: str, step: int) -> Iterator[Fault]:
    yield from (replace(one, line=0) for one in (*of_letters(text, language, step=step), *of_links(text, step=step)))
