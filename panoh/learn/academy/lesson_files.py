"""A lesson as one file: its head between two ``+++`` lines, then its steps. Read and written alike. Pure of Django.

Each ``## `` heading begins a step; what stands in braces at its end is its kind, and for some kinds what it shows:
``{activity}``, ``{discussion}``, ``{practice q01}``, ``{picture drawing.png}``, ``{video film.mp4}``,
``{download sheet.pdf}``; nothing means text. Lines that begin with ``@`` right below the heading say more of a file:
``@alt`` what a picture shows, ``@captions`` and ``@poster`` of a video. Below a line ``@transcript`` stand the words of
the video.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .lesson_faults import Fault, fault

FENCE = "+++"
KINDS = ("text", "activity", "discussion", "practice", "picture", "video", "download")
FILED = ("picture", "video", "download")  # kinds that show a file
WITH_TARGET = ("practice", *FILED)
FACTS = {"picture": ("alt",), "video": ("captions", "poster")}
NEEDED = {"picture": ("alt",), "video": ("captions", "transcript")}
FEWEST, MOST = 3, 12  # steps of a lesson
TRANSCRIPT = "@transcript"
HEAD = ("title", "summary", "minutes", "sources", "confirm", "reviewed_by", "reviewed_on")
_HEADING = re.compile(r"^##\s+(?P<title>.*?)\s*(?:\{(?P<kind>[a-z]+)(?:\s+(?P<target>[\w.-]+))?\})?\s*$")
_FACT = re.compile(r"^@(?P<name>[a-z]+)\s+(?P<said>.+?)\s*$")


@dataclass(frozen=True)
class Step:
    """``target``: the question of a practice, the file of the others."""

    kind: str
    title: str
    body: str  # Markdown
    target: str = ""
    line: int = field(default=0, compare=False)
    alt: str = ""
    captions: str = ""
    poster: str = ""
    transcript: str = ""  # Markdown


@dataclass(frozen=True)
class Lesson:
    code: str
    language: str
    title: str
    summary: str
    minutes: int
    sources: tuple[str, ...]
    reviewed_by: str
    reviewed_on: str
    steps: tuple[Step, ...]
    confirm: tuple[str, ...] = ()  # what an expert must confirm, and who
    source: str = field(default="", compare=False)  # the file as it stands


class LessonFileError(ValueError):
    """A file that cannot be read at all; the message says why."""


def read(text: str, code: str, language: str) -> tuple[Lesson, list[Fault]]:
    """The lesson and what its file says for nothing; raises ``LessonFileError``. ``lesson_checks.py`` judges it."""
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0] != FENCE or FENCE not in lines[1:]:
        raise LessonFileError("the file begins with TOML between two lines of three plus signs")
    end = lines.index(FENCE, 1)
    try:
        front = tomllib.loads("\n".join(lines[1:end]))
    except tomllib.TOMLDecodeError as error:
        raise LessonFileError(str(error)) from None
    faults = list[Fault]()
    steps = tuple(_steps(lines[end + 1 :], end + 2, faults))
    minutes = front.get("minutes")
    lesson = Lesson(
        code, language, str(front.get("title", "")), str(front.get("summary", "")),
        minutes if isinstance(minutes, int) else 0, tuple(front.get("sources", [])),
        str(front.get("reviewed_by", "")), str(front.get("reviewed_on", "")), steps,
        tuple(front.get("confirm", [])), text,
    )  # fmt: skip
    return lesson, faults


def write(lesson: Lesson) -> str:
    """The file of a lesson: ``read`` gives the same lesson again."""
    front = "".join(f"{name} = {_value(getattr(lesson, name))}\n" for name in HEAD)
    return f"{FENCE}\n{front}{FENCE}\n\n" + "\n".join(_written(step) for step in lesson.steps)


def _steps(lines: Sequence[str], first: int, faults: list[Fault]) -> Iterator[Step]:
    head: re.Match[str] | None = None
    began, body = first, list[str]()
    for number, line in enumerate([*lines, "## "], first):
        if not line.startswith("## "):
            body.append(line)
            continue
        if head:
            yield _step(head, body, began, faults)
        elif "\n".join(body).strip():
            faults.append(fault("before", line=first))
        head, began, body = _HEADING.match(line), number, []


def _step(head: re.Match[str], body: list[str], line: int, faults: list[Fault]) -> Step:
    facts = dict[str, str]()
    rest = list(body)
    while rest and (not rest[0].strip() or (rest[0].startswith("@") and rest[0].rstrip() != TRANSCRIPT)):
        said = rest.pop(0)
        found = _FACT.match(said)
        if found and found["name"] in ("alt", "captions", "poster"):
            facts[found["name"]] = found["said"]
        elif said.strip():
            faults.append(fault("stray", line=line, words=said.strip()))
    marks = [place for place, said in enumerate(rest) if said.rstrip() == TRANSCRIPT]
    at = marks[0] if marks else len(rest)
    transcript = "\n".join(rest[at + 1 :]).strip()
    text = "\n".join(rest[:at]).strip()
    return Step(head["kind"] or "text", head["title"], text, head["target"] or "", line, **facts, transcript=transcript)


def _written(step: Step) -> str:
    kind = "" if step.kind == "text" else " {" + f"{step.kind} {step.target}".strip() + "}"
    parts = [f"## {step.title}{kind}"]
    if facts := [f"@{name} {said}" for name in ("alt", "captions", "poster") if (said := getattr(step, name))]:
        parts.append("\n".join(facts))
    parts += [step.body] if step.body else []
    parts += [TRANSCRIPT, step.transcript] if step.transcript else []
    return "\n\n".join(parts) + "\n"


def _value(value: object) -> str:
    if isinstance(value, tuple):
        rows = "".join(f"  {json.dumps(one, ensure_ascii=False)},\n" for one in value)
        return f"[\n{rows}]" if rows else "[]"
    return json.dumps(value, ensure_ascii=False)  # TOML's basic strings and numbers are JSON's
