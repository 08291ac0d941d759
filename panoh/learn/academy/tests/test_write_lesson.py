"""A lesson is written in the browser, read by a second person, published as an edition, exported, brought back."""

from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from conftest import Cast
from panoh.ground.accounts.public import Role, User
from panoh.ground.notify import public as notify

from .. import services
from ..errors import LessonRefusedError
from ..models import Course, CourseEdition, Lesson, LessonDraft, LessonText, Module
from .course_files import BODIES
from .media_files import show_files, write_media
from .sitting import enrolled

pytestmark = pytest.mark.django_db
DESK = "/desk/lessons/short-course/passwords/long-words/"
WRITE = DESK + "write/{}/"


class Form(HTMLParser):
    """What the form in the main part of a page would send as it stands."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said, self.text, self.select = dict[str, str](), "", ""
        self.feed(page.split("<main")[1])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        name = held.get("name", "")
        if tag == "input" and name:
            self.said[name] = held.get("value", "")
        elif tag == "textarea":
            self.text, self.said[name] = name, ""
        elif tag == "select":
            self.select, self.said[name] = name, ""
        elif tag == "option" and "selected" in held:
            self.said[self.select] = held["value"]

    def handle_endtag(self, tag: str) -> None:
        self.text = "" if tag == "textarea" else self.text

    def handle_data(self, data: str) -> None:
        if self.text:
            self.said[self.text] += data.removeprefix("\n") if not self.said[self.text] else data


@pytest.fixture
def reader(person: Cast) -> User:
    """A second editor."""
    return person(Role.EDITOR, name="Otabek")


@pytest.fixture
def course(db: None, files: Path, settings: Settings) -> Course:
    settings.CONTENT_DIR = files
    services.import_courses(files)
    return Course.objects.select_related("current").get(code="short-course")


def browser(user: User, language: str = "en") -> Client:
    """Sentences are looked for in the language of the source."""
    User.objects.filter(pk=user.pk).update(language=language)
    client = Client()
    client.force_login(user)
    return client


def typed(client: Client, address: str) -> dict[str, str]:
    return Form(client.get(address).content.decode()).said


def write(client: Client, language: str = "uz", do: str = "save", **said: str) -> int:
    """Change some fields of the form in this language, and press a button; the status of the answer."""
    given = typed(client, WRITE.format(language)) | said | {"do": do}
    return client.post(WRITE.format(language), given).status_code


def draft() -> LessonDraft:
    return LessonDraft.objects.select_related("course__current", "base").get()


def published(client: Client) -> CourseEdition | None:
    client.post(DESK + "publish/", {"version": draft().version if LessonDraft.objects.exists() else 0})
    return Course.objects.select_related("current").get(code="short-course").current


def street(language: str = "uz", step: int = 1) -> str:
    return Client().get(f"/{language}/courses/short-course/passwords/long-words/{step}/").content.decode()


# --- the way of a lesson ----------------------------------------------------------------------------------------------


def test_what_is_written_waits_for_a_second_reader_and_then_is_an_edition(
    course: Course, editor: User, reader: User
) -> None:
    writer = browser(editor)
    assert write(writer, **{"s1-body": "Eng uzun parol **eng kuchli**."}) == 302
    assert "Eng uzun" not in street()
    assert published(writer) == course.current
    edition = published(browser(reader))
    assert edition
    assert (edition.number, edition.made_by) == (2, reader.code)
    assert "Eng uzun parol <strong>eng kuchli</strong>" in street()
    assert "Энг узун парол" in street("uz-cyrl") or "Энг узун пароль" in street("uz-cyrl")
    assert not LessonDraft.objects.exists()
    assert Course.objects.get().is_edited


def test_the_reader_is_named_in_the_languages_that_changed_alone(course: Course, editor: User, reader: User) -> None:
    write(browser(editor), **{"s1-body": "Yangi."})
    published(browser(reader))
    texts = LessonText.objects.filter(lesson__module__edition__number=2, lesson__code="long-words")
    named = dict(texts.values_list("language", "reviewed_by"))
    assert named == {"uz": "Otabek", "uz-cyrl": "", "ru": "", "en": ""}


def test_whoever_learns_stays_in_the_edition_they_began(course: Course, editor: User, reader: User) -> None:
    enrolment = enrolled(course)
    write(browser(editor), **{"s1-body": "Yangi."})
    published(browser(reader))
    enrolment.refresh_from_db()
    assert enrolment.edition.number == 1
    assert (
        "Yangi"
        not in LessonText.objects.get(
            lesson__module__edition=enrolment.edition, lesson__code="long-words", language="uz"
        ).steps[0]["html"]
    )


def test_of_two_who_write_at_once_nobody_loses_a_word_unseen(course: Course, editor: User, reader: User) -> None:
    first, second = browser(editor), browser(reader)
    write(first, **{"s1-body": "Birinchi."})
    old = typed(second, WRITE.format("uz"))
    write(first, **{"s1-body": "Ikkinchi."})
    answer = second.post(WRITE.format("uz"), old | {"s1-body": "Mening soʻzim.", "do": "save"})
    assert answer.status_code == 409
    assert "Mening soʻzim." in answer.content.decode()
    assert draft().content["steps"][0]["words"]["uz"]["body"] == "Ikkinchi."


def test_what_changed_since_it_was_read_is_not_published(course: Course, editor: User, reader: User) -> None:
    write(browser(editor), **{"s1-body": "Birinchi."})
    seen = draft().version
    write(browser(editor), **{"s1-body": "Ikkinchi."})
    with pytest.raises(LessonRefusedError, match="once more"):
        services.publish_draft(draft(), version=seen, by=reader)


def test_saving_what_is_published_already_changes_nothing_to_publish(
    course: Course, editor: User, reader: User
) -> None:
    assert write(browser(editor)) == 302
    assert draft().version == 1
    assert published(browser(reader)) == course.current


def test_a_form_that_was_only_saved_is_the_lesson_it_was(course: Course, editor: User) -> None:
    for language in ("uz", "ru", "en"):
        write(browser(editor), language)
    assert draft().version == 1


def test_editors_are_written_to_once_and_the_writer_hears_how_it_went(
    course: Course, editor: User, reader: User
) -> None:
    write(browser(editor), **{"s1-body": "Yangi."})
    for _ in range(2):
        browser(editor).post(DESK + "ask/")
    notify.deliver_due()
    assert [one.to for one in mail.outbox] == [[reader.email]]
    assert "Otabek" not in browser(editor).get(DESK).content.decode()
    answer = browser(reader).post(DESK + "return/", {"word": "Misol qoʻshing."})
    assert answer.status_code == 302
    notify.deliver_due()
    assert mail.outbox[-1].to == [editor.email]
    assert "Misol qoʻshing." in browser(editor).get(DESK).content.decode()
    assert draft().asked_at is None


def test_a_lesson_sent_back_without_a_word_is_asked_for_one(course: Course, editor: User, reader: User) -> None:
    write(browser(editor), **{"s1-body": "Yangi."})
    assert browser(reader).post(DESK + "return/", {"word": " "}).status_code == 422


# --- its steps --------------------------------------------------------------------------------------------------------


def test_steps_are_moved_removed_and_added_with_plain_buttons(course: Course, editor: User) -> None:
    client = browser(editor)
    write(client, do="down:s1")
    write(client, do="drop:s4")
    write(client, do="add", add="picture")
    kinds = [(one["key"], one["kind"]) for one in draft().content["steps"]]
    assert kinds == [("s2", "practice"), ("s1", "text"), ("s3", "activity"), ("s4", "picture")]
    assert draft().content["steps"][1]["words"]["ru"]["body"] == BODIES["ru"]


def test_a_step_of_every_kind_is_written_and_read_in_every_script(
    course: Course, editor: User, reader: User, files: Path
) -> None:
    write_media(files)
    client = browser(editor)
    for kind in ("picture", "video", "download"):
        write(client, do="add", add=kind)
    for language, alt in (("uz", "Qulf"), ("ru", "Замок"), ("en", "A lock")):
        said = {
            "s5-title": alt, "s5-target": "lock.png", "s5-alt": alt,
            "s6-title": alt, "s6-target": "film.mp4", "s6-captions": f"film.{language}.vtt", "s6-transcript": alt,
            "s7-title": alt, "s7-target": "sheet.pdf",
        }  # fmt: skip
        assert write(client, language, **said) == 302
    assert 'alt="Қулф"' in client.get(DESK + "preview/uz-cyrl/").content.decode()
    edition = published(browser(reader))
    assert edition
    assert edition.number == 2
    assert Lesson.objects.get(module__edition=edition, code="long-words").shape[4:] == [
        "picture lock.png",
        "video film.mp4",
        "download sheet.pdf",
    ]
    assert 'alt="Замок"' in street("ru", 5)
    assert "<video" in street("uz-cyrl", 6)
    assert "sheet.pdf" in street("en", 7)


def test_a_file_of_another_kind_cannot_be_chosen(course: Course, editor: User, files: Path) -> None:
    write_media(files)
    (files / "media" / "tool.exe").write_bytes(b"MZ")
    client = browser(editor)
    write(client, do="add", add="download")
    for name in ("tool.exe", "film.mp4", "../course.toml"):
        assert write(client, **{"s5-target": name}) == 422
    assert draft().content["steps"][4]["target"] == ""


def test_what_is_missing_is_named_and_keeps_the_lesson_from_the_street(
    course: Course, editor: User, reader: User
) -> None:
    client = browser(editor)
    write(client, do="add", add="video")
    write(client, **{"title": "", "s1-body": "[bosing](http://yomon.example)", "s3-body": "\u0441hip"})
    said = client.get(DESK).content.decode()
    for sentence in (
        "title is missing",
        "a video names a target",
        "http://yomon.example",
        "mixes Latin",
        "needs captions",
    ):
        assert sentence in said
    assert published(browser(reader)) == course.current


def test_a_line_that_would_break_the_file_is_found(course: Course, editor: User) -> None:
    write(browser(editor), **{"s1-body": "Matn.\n\n## Sarlavha {practice p1}\n\nDavomi."})
    assert "begins with ## or @" in browser(editor).get(DESK).content.decode()


# --- new, older, elsewhere --------------------------------------------------------------------------------------------


def test_a_new_lesson_stands_at_the_end_of_its_module(course: Course, editor: User, reader: User) -> None:
    client, place = browser(editor), "/desk/lessons/short-course/friends/"
    assert client.post(place, {"code": "Bad name"}).status_code == 422
    assert client.post(place, {"code": "who-writes"}).status_code == 422
    client.post(place, {"code": "who-asks"})
    for language, word in (("uz", "Savol"), ("ru", "Вопрос"), ("en", "Question")):
        address = f"{place}who-asks/write/{language}/"
        said = {"title": word, "summary": word, "minutes": "10", "sources": word, "s2-target": "p1"}
        said |= {f"s{number}-title": word for number in (1, 2, 3)} | {"s1-body": word, "s3-body": word}
        assert client.post(address, typed(client, address) | said).status_code == 302
    browser(reader).post(f"{place}who-asks/publish/", {"version": draft().version})
    module = Module.objects.get(edition__number=2, code="friends")
    assert list(module.lessons.order_by("position").values_list("code", flat=True)) == ["who-writes", "who-asks"]
    assert "Савол" in Client().get("/uz-cyrl/courses/short-course/friends/who-asks/").content.decode()


def test_earlier_words_are_brought_back_as_a_draft(course: Course, editor: User, reader: User) -> None:
    write(browser(editor), **{"s1-body": "Xato soʻzlar."})
    published(browser(reader))
    answer = browser(editor).post(DESK + "restore/1/", follow=True)
    assert "Xato soʻzlar." in street()
    assert draft().content["steps"][0]["words"]["uz"]["body"] == BODIES["uz"]
    assert answer.status_code == 200
    edition = published(browser(reader))
    assert edition
    assert edition.number == 3
    assert "Xato" not in street()


def test_a_discarded_draft_leaves_what_is_published(course: Course, editor: User) -> None:
    write(browser(editor), **{"s1-body": "Xato."})
    browser(editor).post(DESK + "discard/")
    assert not LessonDraft.objects.exists()
    assert browser(editor).get(DESK).status_code == 200


def test_words_that_were_published_meanwhile_are_not_overwritten_unseen(
    course: Course, editor: User, reader: User, files: Path
) -> None:
    write(browser(editor), **{"s1-body": "Brauzerdan."})
    show_files(files)
    services.import_courses(files)
    assert published(browser(reader)) == course.editions.get(number=2)
    browser(editor).post(DESK + "keep/")
    edition = published(browser(reader))
    assert edition
    assert edition.number == 3
    assert "Brauzerdan" in street()


# --- files and the browser --------------------------------------------------------------------------------------------


def test_an_export_is_the_same_edition_and_the_files_lead_again(
    course: Course, editor: User, reader: User, files: Path, tmp_path: Path
) -> None:
    write(browser(editor), **{"s1-body": 'Yangi, "qoʻshtirnoq" va \\ bilan.', "sources": "Bir\nIkki"})
    edition = published(browser(reader))
    assert edition
    said = StringIO()
    call_command("courses", "export", str(files), to=tmp_path / "out", stdout=said)
    assert "short-course" in said.getvalue()
    assert not Course.objects.get().is_edited
    assert services.import_courses(tmp_path / "out").unchanged == ("short-course",)
    assert CourseEdition.objects.count() == 2


def test_an_import_keeps_what_the_browser_said_and_says_so(
    course: Course, editor: User, reader: User, files: Path
) -> None:
    write(browser(editor), **{"s1-body": "Brauzerdan."})
    published(browser(reader))
    said = StringIO()
    call_command("courses", "import", str(files), stdout=said)
    assert "short-course: the browser's words were kept" in said.getvalue()
    assert "Brauzerdan" in street()


def test_old_files_do_not_undo_what_was_exported_elsewhere(
    course: Course, editor: User, reader: User, files: Path, tmp_path: Path
) -> None:
    write(browser(editor), **{"s1-body": "Brauzerdan."})
    published(browser(reader))
    call_command("courses", "export", str(files), to=tmp_path / "out", stdout=StringIO())
    assert services.import_courses(files).kept == ("short-course",)
    assert "Brauzerdan" in street()
    assert services.import_courses(files, take_files=True).fresh == ("short-course",)
    assert "Brauzerdan" not in street()


def test_who_is_no_editor_writes_nothing(course: Course, counsellor: User) -> None:
    module = Module.objects.get(code="passwords")
    with pytest.raises(LessonRefusedError):
        services.begin_draft(module, "long-words", by=counsellor)
    assert browser(counsellor).get(DESK).status_code == 403
