"""The courses of ``content/``, read and found fault with. Pure of Django.

``content/courses/<course>/course.toml`` says what the course is and which modules it has, ``modules/<module>.toml``
beside it what the module is: its words, topics, lessons and questions. The words of a lesson stand in
``content/<language>/courses/<course>/<module>/<lesson>.md``.

What a lesson is made of, ``lesson_files.py`` says. The steps of a lesson are of the same kinds in every language.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import lesson_checks, lesson_files, questions
from .lesson_files import Lesson as Lesson
from .lesson_files import Step as Step

LANGUAGES = ("uz", "ru", "en")
# What stands in an address of ours in the place of a course or a module: ``public_urls.py``.
NO_COURSE = frozenset({"mine", "certificates", "join", "invited"})
NO_MODULE = frozenset({"test", "begin", "certificate", "leave", "newer"})


@dataclass(frozen=True)
class Module:
    code: str
    words: Mapping[str, Mapping[str, Any]]  # language → title, summary
    topics: tuple[Mapping[str, Any], ...]  # code and a name per language
    lessons: tuple[str, ...]
    questions: tuple[Mapping[str, Any], ...]
    source: str = field(default="", compare=False)


@dataclass(frozen=True)
class Course:
    """One edition as the files say it. ``lessons[module, lesson, language]``."""

    code: str
    edition: int
    audience: str
    languages: tuple[str, ...]
    tests: Mapping[str, Any]
    words: Mapping[str, Mapping[str, Any]]  # language → title, summary, for_whom, outcomes
    modules: tuple[Module, ...]
    lessons: Mapping[tuple[str, str, str], Lesson]
    source: str = field(default="", compare=False)


class Courses:
    """Reads a content folder once. ``courses`` and ``faults`` are its outcome; each fault names its file.

    ``media``: the folder whose files lessons show, where it is another one.
    """

    def __init__(self, folder: Path, only: str = "", *, media: Path | None = None) -> None:
        self.folder, self.media = folder, media or folder
        self.faults: list[str] = []
        self.courses: list[Course] = []
        for path in sorted(folder.glob("courses/*/course.toml")):
            if not only or path.parent.name == only:
                self.courses.append(self._course(path.parent.name))

    def _course(self, code: str) -> Course:
        name = f"courses/{code}/course.toml"
        held = self._toml(name)
        languages = tuple(held.get("languages", LANGUAGES))
        if not questions.CODE.match(code):
            self._fault(name, "a course's folder is named in lower-case letters, digits and hyphens")
        if code in NO_COURSE:
            self._fault(name, f"“{code}” is an address of ours: no course can be named so")
        if not isinstance(held.get("edition"), int):
            self._fault(name, "edition is a whole number")
        words = held.get("words", {})
        for language in languages:
            for place in ("title", "summary", "for_whom"):
                if not str(words.get(language, {}).get(place, "")).strip():
                    self._fault(name, f"{place} is missing in {language}")
            if not words.get(language, {}).get("outcomes"):
                self._fault(name, f"outcomes is missing in {language}")
        modules = tuple(self._module(code, str(module), languages) for module in held.get("modules", []))
        if not modules:
            self._fault(name, "a course has at least one module")
        lessons = dict(self._lessons(code, modules, languages))
        self._compare(code, modules, lessons, languages)
        self._find_strangers(code, modules)
        return Course(
            code, int(held.get("edition", 1)), str(held.get("audience", "")), languages, held.get("tests", {}), words,
            modules, lessons, self._text(name),
        )  # fmt: skip

    def _module(self, course: str, code: str, languages: tuple[str, ...]) -> Module:
        name = f"courses/{course}/modules/{code}.toml"
        row = self._toml(name)
        if not questions.CODE.match(code):
            self._fault(name, "a module is named in lower-case letters, digits and hyphens")
        if code in NO_MODULE:
            self._fault(name, f"“{code}” is an address of the course: no module can be named so")
        words = row.get("words", {})
        for language in languages:
            for place in ("title", "summary"):
                if not str(words.get(language, {}).get(place, "")).strip():
                    self._fault(name, f"{place} is missing in {language}")
        topics = tuple(row.get("topics", []))
        for topic in topics:
            if missing := [language for language in languages if not str(topic.get(language, "")).strip()]:
                self._fault(name, f"topic {topic.get('code')} has no name in {', '.join(missing)}")
        asked = tuple(self._questions(name, row.get("questions", []), topics, languages))
        return Module(code, words, topics, tuple(row.get("lessons", [])), asked, self._text(name))

    def _questions(
        self, name: str, rows: list[dict[str, Any]], topics: tuple[Mapping[str, Any], ...], languages: tuple[str, ...]
    ) -> Iterator[Mapping[str, Any]]:
        for code, times in Counter(str(row.get("code")) for row in rows).items():
            if times > 1:
                self._fault(name, f"{code} stands {times} times")
        for row in rows:
            for fault in question_faults(row, [str(topic.get("code")) for topic in topics], languages):
                self._fault(name, f"{row.get('code', '?')}: {fault}")
            yield row

    def _lessons(
        self, course: str, modules: tuple[Module, ...], languages: tuple[str, ...]
    ) -> Iterator[tuple[tuple[str, str, str], Lesson]]:
        for module in modules:
            for code in module.lessons:
                for language in languages:
                    lesson = self._lesson(
                        f"{language}/courses/{course}/{module.code}/{code}.md", code, language, module
                    )
                    if lesson:
                        yield (module.code, code, language), lesson

    def _lesson(self, name: str, code: str, language: str, module: Module) -> Lesson | None:
        text = self._text(name).replace("\r\n", "\n")
        if not text:
            self._fault(name, "the file is missing")
            return None
        try:
            lesson, faults = lesson_files.read(text, code, language)
        except lesson_files.LessonFileError as error:
            self._fault(name, str(error))
            return None
        practice = [str(row.get("code")) for row in module.questions if row.get("use") == "practice"]
        found = lesson_checks.of_lesson(lesson, practice, self.media)
        words = (*lesson_checks.of_letters(text, language), *lesson_checks.of_links(text))
        for one in (*faults, *found, *words):
            self._fault(name, str(one))
        return lesson

    def _compare(
        self,
        course: str,
        modules: tuple[Module, ...],
        lessons: Mapping[tuple[str, str, str], Lesson],
        languages: tuple[str, ...],
    ) -> None:
        """A reader who changes the language stays at the same step."""
        for module in modules:
            for code in module.lessons:
                held = [lessons[key] for language in languages if (key := (module.code, code, language)) in lessons]
                shapes = {tuple((step.kind, step.target) for step in lesson.steps) for lesson in held}
                if len(shapes) > 1:
                    self._fault(f"{course}/{module.code}/{code}.md", "its languages differ in their steps")

    def _find_strangers(self, course: str, modules: tuple[Module, ...]) -> None:
        known = {(module.code, f"{lesson}.md") for module in modules for lesson in module.lessons}
        for path in sorted(self.folder.glob(f"*/courses/{course}/*/*.md")):
            if (path.parent.name, path.name) not in known:
                self._fault(str(path.relative_to(self.folder)), "no module of course.toml has this lesson")
        for path in sorted(self.folder.glob(f"courses/{course}/modules/*.toml")):
            if path.stem not in {module.code for module in modules}:
                self._fault(str(path.relative_to(self.folder)), "course.toml has no such module")

    def _text(self, name: str) -> str:
        path = self.folder / name
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def _toml(self, name: str) -> dict[str, Any]:
        if not (text := self._text(name)):
            self._fault(name, "the file is missing")
            return {}
        try:
            return tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            self._fault(name, str(error))
            return {}

    def _fault(self, name: str, reason: str) -> None:
        self.faults.append(f"{name}: {reason}")


def question_faults(row: Mapping[str, Any], topics: list[str], languages: tuple[str, ...]) -> Iterator[str]:
    """What an author must mend in one question: its shape, and the letters of its texts."""
    yield from questions.faults(row, languages, topics)
    for language, text in _texts_of(row, languages):
        yield from map(str, lesson_checks.of_letters(text, language))


def _texts_of(value: object, languages: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every text of a question with its language."""
    if isinstance(value, Mapping):
        for name, one in value.items():
            if name in languages and isinstance(one, str):
                yield name, one
            elif name in languages and isinstance(one, list):
                yield from ((name, form) for form in one if isinstance(form, str))
            else:
                yield from _texts_of(one, languages)
    elif isinstance(value, list):
        for one in value:
            yield from _texts_of(one, languages)
