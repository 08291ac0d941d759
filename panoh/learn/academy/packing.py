"""A course to take along: a ZIP of plain pages that open from a stick in any browser and ask nothing of any line.

Questions of tests are never in it. A practice is checked by the page itself, for practice: its right answer stands in
the page, as it stands behind the button of the site.
"""

import io
import json
import os
import posixpath
import re
import zipfile
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.template.loader import render_to_string

from panoh.ground.languages.public import fold, word

from . import drawing, paper, practice
from .models import Course, CourseEdition, LessonText
from .queries import courses as queries

MADE = "1"  # raised when a pack is made otherwise, so that kept files are made anew
STILL = (1980, 1, 1, 0, 0, 0)  # no moment in a ZIP: the same course makes the same file
OWN = re.compile(r'href="(/[^"]*)"')
LESSON = re.compile(r"^/[a-z-]+/courses/([a-z0-9-]+)/([a-z0-9-]+)/([a-z0-9-]+)/(?:\d+/)?$")
LOADED = re.compile(r"<(?:img|audio|video|source|iframe|script|link|object|embed)\b[^>]*>")
SCRIPT = Path(__file__).parent / "static" / "academy" / "offline.js"


class Packed(NamedTuple):
    """``version`` changes with the edition and with how packs are made."""

    path: Path
    name: str
    version: str

    @property
    def kilobytes(self) -> int:
        return max(1, round(self.path.stat().st_size / 1024))


def packed(course: Course, edition: CourseEdition, language: str) -> Packed:
    """The file of an edition in one written form, made if it is not there yet."""
    said = f"{MADE}/{edition.pk}/{edition.fingerprint}/{settings.PUBLIC_URL}"
    version = blake2b(said.encode(), digest_size=5).hexdigest()
    stem = f"course-{course.code}-{language}"
    path = Path(settings.DATA_DIR) / "packs" / f"{stem}.{version}.zip"
    if not path.exists():
        _write(path, _files(course, edition, language, version), f"{stem}.*.zip")
    return Packed(path, f"{stem}.zip", version)


def _write(path: Path, content: bytes, siblings: str) -> None:
    """Whole or not at all; what was made of an older edition goes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.draft")
    draft.write_bytes(content)
    for old in path.parent.glob(siblings):
        old.unlink(missing_ok=True)
    draft.replace(path)


def _files(course: Course, edition: CourseEdition, language: str, version: str) -> bytes:
    made = io.BytesIO()
    texts = {(text.lesson.module.code, text.lesson.code): text for text in queries.texts_of(edition, language)}
    held = {key: f"{key[0]}/{key[1]}.html" for key in texts}
    said = {"course": course, "edition": edition, "version": version, "site": settings.PUBLIC_URL, "held": held}
    said["words"] = edition.words[language]
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, page in _pages(said, texts, held):
            archive.writestr(zipfile.ZipInfo(name, STILL), page, zipfile.ZIP_DEFLATED)
        archive.writestr(zipfile.ZipInfo("practice.js", STILL), SCRIPT.read_text("utf-8"), zipfile.ZIP_DEFLATED)
        licence = word("portal.pack_licence", language) + "\n"
        archive.writestr(zipfile.ZipInfo("licence.txt", STILL), licence, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _pages(
    said: dict[str, Any], texts: dict[tuple[str, str], LessonText], held: dict[tuple[str, str], str]
) -> Iterator[tuple[str, str]]:
    order = list(held)
    yield "index.html", _rendered("index.html", {**said, "part": "index", "root": ""}, held)
    for at, key in enumerate(order):
        text, name = texts[key], held[key]
        steps = [(one, _practice(text, one)) for one in text.steps]
        near = {
            "before": f"../{held[order[at - 1]]}" if at else "",
            "after": f"../{held[order[at + 1]]}" if at + 1 < len(order) else "",
        }
        yield (
            name,
            _rendered(name, {**said, **near, "part": "lesson", "root": "../", "text": text, "steps": steps}, held),
        )


def _practice(text: LessonText, step: dict[str, str]) -> dict[str, Any] | None:
    """A practice with what its page needs to check it."""
    if step["kind"] != "practice":
        return None
    question = queries.practice_of(text.lesson.module, step["target"])
    code = str(question["code"])
    return {
        "code": code,
        "shown": paper.shown(question, code, practice.SEED, text.language),
        "right": paper.right_answer(question, text.language),
        "why": paper.words(question["why"], text.language),
        "key": json.dumps(_key(question, code, text.language)),
    }


def _key(question: dict[str, Any], code: str, language: str) -> list[Any]:
    """What the page compares an answer with; nothing where only a reader can."""
    kind = question["kind"]
    if kind in {"one", "several"}:
        options = question["options"]
        return [drawing.token(practice.SEED, code, "option", str(one["code"])) for one in options if one.get("right")]
    if kind == "number":
        return [question["answer"], question.get("tolerance", 0)]
    if kind == "short":
        return [fold(form) for form in paper.right_answer(question, language)]
    return []


def _rendered(name: str, said: dict[str, Any], held: dict[tuple[str, str], str]) -> str:
    """Links between lessons stay inside, every other of ours leads to the site; what a page would load is left out."""
    here = posixpath.dirname(name) or "."

    def inside(found: re.Match[str]) -> str:
        lesson = LESSON.match(found[1])
        target = held.get((lesson[2], lesson[3])) if lesson and lesson[1] == said["course"].code else None
        return f'href="{posixpath.relpath(target, here) if target else settings.PUBLIC_URL + found[1]}"'

    steps = [({**one, "html": LOADED.sub("", one["html"])}, asked) for one, asked in said.get("steps", [])]
    return OWN.sub(inside, render_to_string("academy/pack_file.html", {**said, "steps": steps}))
