"""The current editions written back as files: what was changed in the browser becomes text for the next reviewer."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from ..errors import CourseFaultsError
from ..models import Course, CourseEdition, LessonText
from ..tree import Courses

_EDITION = re.compile(r"^edition\s*=.*$", re.MULTILINE)


@dataclass(frozen=True)
class Exported:
    written: int
    unchanged: int


def export_courses(folder: Path, to: Path) -> Exported:
    """Write every current edition below ``to``; what it lacks of ``folder`` is copied first.

    Raises ``CourseFaultsError`` when what was written could not be read again.
    """
    if folder.exists() and folder.resolve() != to.resolve():
        shutil.copytree(folder, to, dirs_exist_ok=True, copy_function=_copy_missing)
    written = unchanged = 0
    for course in Course.objects.exclude(current=None).select_related("current").order_by("code"):
        for name, text in files_of(course).items():
            path = to / name
            if path.exists() and path.read_text(encoding="utf-8") == text:
                unchanged += 1
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            written += 1
    if faults := Courses(to).faults:
        raise CourseFaultsError(faults)
    return Exported(written, unchanged)


@transaction.atomic
def note_exported() -> list[str]:
    """From now on the files say what the browser said: the next import takes them again. The courses' codes."""
    edited = Course.objects.select_for_update().filter(is_edited=True)
    codes = sorted(edited.values_list("code", flat=True))
    edited.update(is_edited=False)
    return codes


def files_of(course: Course) -> dict[str, str]:
    """Every file of the current edition by its name below ``content/``."""
    edition = course.current
    if edition is None:
        return {}
    files = {f"courses/{course.code}/course.toml": numbered(edition)}
    for module in edition.modules.order_by("position"):
        files[f"courses/{course.code}/modules/{module.code}.toml"] = module.source
    texts = LessonText.objects.filter(lesson__module__edition=edition).exclude(source="")
    for text in texts.select_related("lesson__module").order_by("pk"):
        lesson = text.lesson
        files[f"{text.language}/courses/{course.code}/{lesson.module.code}/{lesson.code}.md"] = text.source
    return files


def numbered(edition: CourseEdition) -> str:
    """``course.toml`` with the number of this edition."""
    return _EDITION.sub(f"edition = {edition.number}", edition.source, count=1)


def _copy_missing(source: str, target: str) -> str:
    if not Path(target).exists():
        shutil.copy2(source, target)
    return target
