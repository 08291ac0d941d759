"""Questions of a course come in from a table: good rows become the next edition, bad ones say what is wrong."""

import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .. import policy, question_rows, tree
from ..errors import TestRefusedError
from ..models import Course
from .exporting import files_of
from .publishing import publish_edition

HEAD = "[[questions]]"


@dataclass(frozen=True)
class RowOutcome:
    """What became of one row: fresh, changed, same, or refused with a reason."""

    line: int
    name: str
    outcome: str
    reason: str = ""


@transaction.atomic
def note_bank_taken(course: Course, many: int, *, by: User) -> None:
    """The bank with its right answers left the house as a file."""
    audit.record("bank.taken", thing=f"course-{course.pk}", actor=by.code, rows=many)


def take_questions(
    course: Course, head: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]], *, by: User
) -> tuple[list[RowOutcome], int]:
    """The outcome of every row, and the number of the new edition; 0 where nothing changed.

    Raises ``TestRefusedError``. Questions that no row names stay as they are, in their order.
    """
    if not policy.can_keep_bank(by):
        raise TestRefusedError(_("You may not change the bank."))
    files = files_of(course)
    held = _modules(course, files)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        _write(place, files)
        languages = tree.Courses(place, course.code).courses[0].languages
        outcomes = [_take(held, head, line, cells, languages) for line, cells in rows]
        changed = {one.name.split("/")[0] for one in outcomes if one.outcome in {"fresh", "changed"}}
        _write(place, {held[code].file: held[code].text() for code in changed})
        read = tree.Courses(place, course.code)
    if read.faults:
        raise TestRefusedError("; ".join(read.faults[:5]))
    if changed and not Course.objects.filter(pk=course.pk, current=course.current_id).exists():
        raise TestRefusedError(_("The course was changed meanwhile. Fetch its questions again."))
    number = publish_edition(read.courses[0], made_by=by.code).number if changed else 0
    audit.record("bank.read_in", thing=f"course-{course.pk}", actor=by.code, rows=len(rows), edition=number)
    return outcomes, number


class _Module:
    """A module's file while rows are put into it."""

    def __init__(self, file: str, source: str) -> None:
        self.file = file
        self.before, self.said = source.partition(HEAD)[0], tomllib.loads(source)
        self.questions: dict[str, Mapping[str, Any]] = {str(row["code"]): row for row in self.said["questions"]}

    def text(self) -> str:
        """Raises ``TestRefusedError`` for a file that says something else behind its questions."""
        made = self.before + "\n\n".join(map(question_rows.toml, self.questions.values())) + "\n"
        rest = {name: value for name, value in tomllib.loads(made).items() if name != "questions"}
        if rest != {name: value for name, value in self.said.items() if name != "questions"}:
            raise TestRefusedError(
                _("The file of a module is not written as it should be: questions stand last in it.")
            )
        return made


def _modules(course: Course, files: Mapping[str, str]) -> dict[str, _Module]:
    folder = f"courses/{course.code}/modules/"
    return {Path(name).stem: _Module(name, text) for name, text in files.items() if name.startswith(folder)}


def _write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _take(
    held: dict[str, _Module], head: Sequence[str], line: int, cells: Sequence[str], languages: Sequence[str]
) -> RowOutcome:
    try:
        module, row = question_rows.question(head, cells)
    except question_rows.RowError as error:
        return RowOutcome(line, "", "refused", str(error))
    name = f"{module}/{row.get('code', '')}"[:120]
    there = held.get(module)
    if there is None:
        return RowOutcome(line, name, "refused", _("This course has no such module."))
    old = there.questions.get(str(row.get("code", "")))
    if old is not None and _same(old, row):
        return RowOutcome(line, name, "same")
    topics = [str(topic.get("code")) for topic in there.said.get("topics", [])]
    if faults := list(tree.question_faults(row, topics, tuple(languages))):
        return RowOutcome(line, name, "refused", "; ".join(faults[:3]))
    if old is not None and old.get("use", "test") != row.get("use", "test"):
        return RowOutcome(line, name, "refused", _("A question stays what it is: for tests, or for practice."))
    there.questions[str(row["code"])] = row
    return RowOutcome(line, name, "fresh" if old is None else "changed")


def _same(old: Mapping[str, Any], row: Mapping[str, Any]) -> bool:
    """Said in a table they are the same."""
    return _cells(old) == _cells(row)


def _cells(row: Mapping[str, Any]) -> dict[str, str]:
    return {name: str(cell) for name, cell in question_rows.flat(row) if cell != ""}
