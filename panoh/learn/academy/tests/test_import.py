"""Files become an edition; what was begun stays as it was."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from panoh.ground.search import public as search
from panoh.learn.academy import services
from panoh.learn.academy.errors import CourseFaultsError
from panoh.learn.academy.models import Course, CourseEdition, Lesson, LessonText, Module

pytestmark = pytest.mark.django_db
LESSON = "uz/courses/short-course/passwords/long-words.md"


def change(files: Path, name: str = LESSON, old: str = "Uzun parol", new: str = "Juda uzun parol") -> None:
    path = files / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_course_stands_in_every_written_form(course: Course) -> None:
    edition = course.current
    assert edition
    assert edition.languages == ["uz", "uz-cyrl", "ru", "en"]
    assert edition.words["uz-cyrl"]["title"] == "Қисқа курс"
    assert edition.words["uz-cyrl"]["outcomes"] == ["Кучли пароль тузасиз."]
    assert edition.minutes == 45
    assert [module["code"] for module in edition.outline] == ["passwords", "friends"]
    text = LessonText.objects.get(lesson__code="long-words", language="uz-cyrl")
    assert text.steps[0]["title"] == "Дарс A" or text.steps[0]["title"] == "Дарс А"
    assert "Узун пароль <strong>кучли</strong>" in text.steps[0]["html"]
    assert "/uz-cyrl/talk/" in text.steps[0]["html"]
    assert text.source == ""
    assert Lesson.objects.get(code="long-words").shape == ["text", "practice p1", "activity", "discussion"]


def test_the_bank_of_a_module_is_kept_with_its_edition(course: Course) -> None:
    module = Module.objects.get(edition=course.current, code="passwords")
    assert [one["code"] for one in module.questions] == ["q1", "q2", "q3", "q4", "q5", "q6", "p1"]
    assert module.topics[0]["names"]["uz-cyrl"] == "Пароллар"
    assert module.questions[0]["text"]["uz-cyrl"] == "Қайси бири?"
    assert module.questions[5]["accepted"]["uz-cyrl"] == ["пароль"]


def test_importing_again_changes_nothing(course: Course, files: Path) -> None:
    done = services.import_courses(files)
    assert (done.fresh, done.unchanged) == ((), ("short-course",))
    assert CourseEdition.objects.count() == 1


def test_changed_words_make_a_new_edition_and_leave_the_old_one(course: Course, files: Path) -> None:
    change(files)
    assert services.import_courses(files).fresh == ("short-course",)
    course.refresh_from_db()
    assert course.current
    assert course.current.number == 2
    old, new = (
        LessonText.objects.get(lesson__module__edition__number=number, lesson__code="long-words", language="uz")
        for number in (1, 2)
    )
    assert "Juda" in new.steps[0]["html"]
    assert "Juda" not in old.steps[0]["html"]


def test_a_comment_in_a_file_makes_no_edition(course: Course, files: Path) -> None:
    path = files / "courses/short-course/course.toml"
    path.write_text("# a remark\n" + path.read_text())
    assert services.import_courses(files).unchanged == ("short-course",)


def test_a_fault_publishes_nothing_and_names_its_file(files: Path) -> None:
    change(files, old="{activity}", new="{dance}")
    with pytest.raises(CourseFaultsError) as refused:
        services.import_courses(files)
    assert any(LESSON in fault for fault in refused.value.faults)
    assert not Course.objects.exists()
    with pytest.raises(CommandError):
        call_command("courses", "check", str(files))


def test_the_files_come_out_as_they_went_in(course: Course, files: Path, tmp_path: Path) -> None:
    to = tmp_path / "out"
    done = services.export_courses(tmp_path / "nothing", to)
    assert done.written == 12
    for path in files.rglob("*.*"):
        if path.is_file():
            assert (to / path.relative_to(files)).read_text() == path.read_text(), path
    assert services.import_courses(to).unchanged == ("short-course",)
    assert services.export_courses(files, to).unchanged == 12


def test_the_command_says_what_it_did(files: Path, tmp_path: Path) -> None:
    said = StringIO()
    call_command("courses", "check", str(files), stdout=said)
    call_command("courses", "import", str(files), stdout=said)
    call_command("courses", "export", str(files), to=tmp_path / "out", stdout=said)
    assert "14 questions" in said.getvalue()
    assert "1 with a new edition" in said.getvalue()
    assert "12 unchanged" in said.getvalue() or "unchanged" in said.getvalue()


def test_the_street_finds_a_lesson_by_its_words(course: Course, client: Client) -> None:
    found = search.find("пароль", "ru", rooms=["academy"])
    assert any(one.url == "/ru/courses/short-course/passwords/long-words/" for one in found)
    said = client.get("/ru/search/?q=пароль").content.decode()
    assert "/ru/courses/short-course/" in said


def test_a_lesson_that_is_gone_is_found_no_more(course: Course, files: Path) -> None:
    change(files, "courses/short-course/course.toml", 'modules = ["passwords", "friends"]', 'modules = ["passwords"]')
    (files / "courses/short-course/modules/friends.toml").unlink()
    for language in ("uz", "ru", "en"):
        (files / language / "courses/short-course/friends/who-writes.md").unlink()
    services.import_courses(files)
    assert not [one for one in search.find("урок", "ru", rooms=["academy"]) if "friends" in one.url]
