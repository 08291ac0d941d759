"""What we ask whoever tells us something: one versioned definition, its paths and its checks. Pure: no Django.

Answers are a mapping of question code to a clean value; ``None`` is a question left out on purpose, a code that is not
there has not been asked. A condition that names ``""`` holds for both.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

Value = str | list[str]
Answers = Mapping[str, Value | None]
Way = Mapping[str, tuple[str, ...]]

CODED = "one"
TYPED = ("text", "line", "lines", "phone")
STEPS = ("files", "hash")  # pages of their own; their only answer is DONE
KINDS = (CODED, *TYPED, *STEPS)
DONE = "done"
# Answers that are counted in plain, and the longest code each column holds.
COUNTED = {"kind": 30, "about": 10, "danger": 6, "region": 8, "age_band": 10, "sex": 12, "platform": 20}
LEAST_URGENT = 4
MOST_BRANCHES = 50_000

CODE = re.compile(r"[a-z][a-z0-9_]{0,29}")
OPTION = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,29}")
VERSION = re.compile(r"\d{4}-\d{1,3}")
HOURS = re.compile(r"([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d")
OPTION_KEYS = {"code", "words", "symbol", "urgency", "topic", "route", "advice", "tell_platform", "hours"}
QUESTION_KEYS = {
    "code", "kind", "needed", "words", "options", "list", "show_if", "early_if", "longest", "most",
}  # fmt: skip


class QuestionnaireError(ValueError):
    """The file contradicts itself; the message names every fault, one a line."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to tap. ``words`` is "" where a list of the centre names it; ``hours`` like ``08:00-12:00``."""

    code: str
    words: str = ""
    symbol: str = ""
    urgency: int = LEAST_URGENT
    topic: str = ""
    route: str = ""
    advice: str = ""
    tell_platform: bool = False
    hours: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One thing we ask. ``listed`` names the centre's list that its options come from."""

    code: str
    kind: str
    options: tuple[Option, ...] = ()
    needed: bool = False
    words: str = ""
    listed: str = ""
    show_if: tuple[Way, ...] = ()
    early_if: tuple[Way, ...] = ()
    longest: int = 2000
    most: int = 20

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(option.code for option in self.options)

    def option(self, code: object) -> Option | None:
        return next((option for option in self.options if option.code == code), None)


@dataclass(frozen=True)
class Questionnaire:
    """All questions of one version, in the order of their worth; the first ``opening`` ones decide the way."""

    version: str
    opening: int
    questions: tuple[Question, ...]

    @classmethod
    def from_data(cls, data: Mapping[str, Any], lists: Mapping[str, Sequence[str]]) -> "Questionnaire":
        """``lists`` gives the codes of the centre's lists. Raises ``QuestionnaireError``."""
        if said := list(_shape_faults(data, lists)):
            raise QuestionnaireError("\n".join(said))
        questions = tuple(_question(row, lists) for row in data["question"])
        made = cls(str(data["version"]), int(data["opening"]), questions)
        if said := list(made._path_faults()):
            raise QuestionnaireError("\n".join(said))
        return made

    def question(self, code: str) -> Question | None:
        return next((question for question in self.questions if question.code == code), None)

    def path(self, answers: Answers) -> tuple[Question, ...]:
        """The questions these answers lead through, in order. An answer to a question off the path decides nothing."""
        known: dict[str, Value | None] = {}
        walked = []
        for question in self.walk(known):
            walked.append(question)
            if question.code in answers:
                known[question.code] = answers[question.code]
        return tuple(walked)

    def walk(self, known: Answers) -> Iterator[Question]:
        """One question after the other, as ``known`` leads: whoever walks writes each answer into it on the way."""
        yield from _shown(self.questions[: self.opening], known)
        early: list[Question] = []
        late: list[Question] = []
        for question in self.questions[self.opening :]:
            (early if _holds(question.early_if, known) else late).append(question)
        yield from _shown([*early, *late], known)

    def next_after(self, answers: Answers) -> Question | None:
        """The first question on the path that was neither answered nor left out; ``None`` at the end."""
        return next((question for question in self.path(answers) if question.code not in answers), None)

    def before(self, code: str, answers: Answers) -> Question | None:
        """The question that stands before ``code`` on the path."""
        codes = [question.code for question in self.path(answers)]
        place = codes.index(code) if code in codes else 0
        return self.path(answers)[place - 1] if place else None

    def on_path(self, answers: Answers) -> dict[str, Value]:
        """What was really said: answers on the path, without those left out."""
        found = {question.code: answers.get(question.code) for question in self.path(answers)}
        return {code: value for code, value in found.items() if value is not None}

    def chosen(self, code: str, answers: Answers) -> Option | None:
        question = self.question(code)
        return question.option(answers.get(code)) if question else None

    def urgency(self, answers: Answers) -> int:
        """1 to 4 by the options that were chosen; the most urgent one counts."""
        chosen = (self.chosen(code, answers) for code in answers)
        return min((option.urgency for option in chosen if option), default=LEAST_URGENT)

    def word_codes(self) -> set[str]:
        """Every word a person may be shown while answering."""
        found = {f"{question.words}{part}" for question in self.questions for part in ("", ".easy", ".help")}
        options = [option for question in self.questions for option in question.options]
        return found | {word for option in options for word in (option.words, option.advice) if word}

    # --- proof --------------------------------------------------------------------------------------------------

    def reachable(self) -> set[str]:
        """Codes of the questions some answers lead to: every way through the deciding questions is walked."""
        deciding = {code for question in self.questions for code in _named(question)}
        still = {question.code: None for question in self.questions if question.code not in deciding}
        found: set[str] = set()
        todo: list[dict[str, Value | None]] = [dict(still)]
        while todo:
            answers = todo.pop()
            found |= {question.code for question in self.path(answers)}
            following = self.next_after(answers)
            if following is not None:
                todo += [answers | {following.code: code} for code in (*following.codes, None)]
        return found

    def _path_faults(self) -> Iterator[str]:
        deciding = {code for question in self.questions for code in _named(question)}
        if prod(len(question.codes) + 1 for question in self.questions if question.code in deciding) > MOST_BRANCHES:
            yield "too many branches to prove: let fewer questions decide"
            return
        reached = self.reachable()
        yield from (f"{question.code}: never reached" for question in self.questions if question.code not in reached)


def _shown(questions: Iterable[Question], known: Answers) -> Iterator[Question]:
    return (question for question in questions if not question.show_if or _holds(question.show_if, known))


def _holds(ways: Iterable[Way], known: Answers) -> bool:
    return any(all((known.get(code) or "") in codes for code, codes in way.items()) for way in ways)


def _named(question: Question) -> set[str]:
    return {code for way in (*question.show_if, *question.early_if) for code in way}


def _question(row: Mapping[str, Any], lists: Mapping[str, Sequence[str]]) -> Question:
    code, listed = str(row["code"]), str(row.get("list", ""))
    options = [Option(**{"words": f"report.{code}.{told['code']}", **told}) for told in row.get("options", ())]
    if listed:
        options = [Option(code) for code in lists[listed]]
    return Question(
        code=code,
        kind=str(row["kind"]),
        options=tuple(options),
        needed=bool(row.get("needed", False)),
        words=str(row.get("words", f"report.{code}")),
        listed=listed,
        show_if=_ways(row.get("show_if", ())),
        early_if=_ways(row.get("early_if", ())),
        longest=int(row.get("longest", 2000)),
        most=int(row.get("most", 20)),
    )


def _ways(rows: Iterable[Mapping[str, Iterable[str]]]) -> tuple[Way, ...]:
    return tuple({code: tuple(codes) for code, codes in row.items()} for row in rows)


# --- what can be wrong with a file ----------------------------------------------------------------------------------


def _shape_faults(data: Mapping[str, Any], lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    rows = list(data.get("question", ()))
    if not VERSION.fullmatch(str(data.get("version", ""))):
        yield "version: a year and a number, like 2026-1"
    if not rows:
        yield "no questions"
    opening = data.get("opening")
    if not isinstance(opening, int) or not 1 <= opening <= max(len(rows), 1):
        yield "opening: how many questions come first"
        return
    codes = [str(row.get("code", "")) for row in rows]
    for place, row in enumerate(rows):
        name = codes[place]
        if name in codes[:place]:
            yield f"{name}: stands twice"
        yield from (f"{name}: {fault}" for fault in _row_faults(row, lists))
        earlier = dict(zip(codes[:place], rows[:place], strict=True))
        first = dict(zip(codes[:opening], rows[:opening], strict=True))
        yield from (f"{name}: {fault}" for fault in _condition_faults(row, place < opening, earlier, first, lists))


def _row_faults(row: Mapping[str, Any], lists: Mapping[str, Sequence[str]]) -> Iterator[str]:
    if not CODE.fullmatch(str(row.get("code", ""))):
        yield "a code is small letters, digits and _, at most 30"
    yield from (f"unknown key {key!r}" for key in sorted(set(row) - QUESTION_KEYS))
    kind, options, listed = row.get("kind"), list(row.get("options", ())), row.get("list")
    if kind not in KINDS:
        yield f"unknown kind {kind!r}"
    if listed is not None and listed not in lists:
        yield f"unknown list {listed!r}"
    if kind == CODED and not options and not lists.get(str(listed)):
        yield "no options"
    if options and listed is not None:
        yield "options or a list, not both"
    if kind != CODED and (options or listed is not None):
        yield f"{kind} has no options"
    for name in ("longest", "most"):
        if not isinstance(row.get(name, 1), int) or row.get(name, 1) < 1:
            yield f"{name}: a number above 0"
    yield from _option_faults(options)
    longest = COUNTED.get(str(row.get("code")), 30)
    yield from (f"{code}: longer than {longest} signs" for code in _codes(row, lists) if len(code) > longest)


def _option_faults(options: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    codes = [str(option.get("code", "")) for option in options]
    yield from (f"{code}: stands twice" for code in sorted({code for code in codes if codes.count(code) > 1}))
    yield from (f"{code!r} is not a code" for code in codes if not OPTION.fullmatch(code))
    for code, option in zip(codes, options, strict=True):
        yield from (f"{code}: unknown key {key!r}" for key in sorted(set(option) - OPTION_KEYS))
        if option.get("urgency", LEAST_URGENT) not in range(1, LEAST_URGENT + 1):
            yield f"{code}: urgency is 1 to 4"
        if "hours" in option and not HOURS.fullmatch(str(option["hours"])):
            yield f"{code}: hours like 08:00-12:00"


def _condition_faults(
    row: Mapping[str, Any],
    opens: bool,
    earlier: Mapping[str, Mapping[str, Any]],
    first: Mapping[str, Mapping[str, Any]],
    lists: Mapping[str, Sequence[str]],
) -> Iterator[str]:
    """A condition names questions that were certainly asked before; an early question knows the opening ones only."""
    early = bool(row.get("early_if"))
    if opens and early:
        yield "opens already, early_if means nothing"
    for key in ("show_if", "early_if"):
        known = first if early and not opens else earlier
        for way in row.get(key, ()):
            if not way:
                yield f"{key}: a way without a condition"
            for code, wanted in way.items():
                if code not in known:
                    yield f"{key}: {code!r} is not asked before"
                elif known[code].get("kind") != CODED:
                    yield f"{key}: {code!r} has no codes"
                elif strange := sorted(set(wanted) - {"", *_codes(known[code], lists)}):
                    yield f"{key}: {code!r} has no answer {', '.join(strange)}"
                elif not wanted:
                    yield f"{key}: {code!r} without an answer"


def _codes(row: Mapping[str, Any], lists: Mapping[str, Sequence[str]]) -> list[str]:
    named = lists.get(str(row.get("list", "")), ())
    return [str(option.get("code", "")) for option in row.get("options", ())] or list(named)


# --- what a person typed --------------------------------------------------------------------------------------------

UNSEEN = re.compile(
    r"[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]"
)
MARK = r"[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
PILED = re.compile(f"({MARK}{{3}}){MARK}+")
LONE = re.compile(r"[\ud800-\udfff]")
PHONE = re.compile(r"\+?[0-9]{5,15}")
BETWEEN = re.compile(r"[\s().\-\u2010-\u2015]")


def readable(text: str) -> str:
    """Words as a person can read them: no direction overrides, no control signs, at most three marks on a letter."""
    text = LONE.sub("\ufffd", text).replace("\r\n", "\n").replace("\r", "\n")
    return PILED.sub(r"\1", UNSEEN.sub("", unicodedata.normalize("NFC", text))).strip()


def check(question: Question, value: object) -> tuple[Value | None, str]:
    """The clean answer and "", or ``None`` and why not: choose, empty, too_long, too_many, phone."""
    if question.kind == CODED:
        return (str(value), "") if isinstance(value, str) and question.option(value) else (None, "choose")
    if question.kind in STEPS:
        return (DONE, "") if value == DONE else (None, "choose")
    text = readable("\n".join(map(str, value)) if isinstance(value, list) else value if isinstance(value, str) else "")
    if not text:
        return None, "empty"
    return CHECKS[question.kind](question, text)


def _check_text(question: Question, text: str) -> tuple[Value | None, str]:
    return (None, "too_long") if len(text) > question.longest else (text, "")


def _check_line(question: Question, text: str) -> tuple[Value | None, str]:
    return _check_text(question, " ".join(text.split()))


def _check_lines(question: Question, text: str) -> tuple[Value | None, str]:
    lines = list(dict.fromkeys(" ".join(line.split()) for line in text.split("\n") if line.strip()))
    if len(lines) > question.most:
        return None, "too_many"
    return (None, "too_long") if max(map(len, lines)) > question.longest else (lines, "")


def _check_phone(question: Question, text: str) -> tuple[Value | None, str]:
    digits = "".join(str(unicodedata.digit(sign)) if sign.isdecimal() else sign for sign in BETWEEN.sub("", text))
    return (digits, "") if PHONE.fullmatch(digits) else (None, "phone")


CHECKS = {"text": _check_text, "line": _check_line, "lines": _check_lines, "phone": _check_phone}
