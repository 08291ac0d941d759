"""Pictures, videos and files to take along in a lesson: shown with all that belongs to them, refused when unfit."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from .. import lesson_files, services
from ..errors import CourseFaultsError
from ..models import Course, LessonText
from .media_files import ALT, SAID, show_files

pytestmark = pytest.mark.django_db
LESSON = "/{}/courses/short-course/passwords/long-words/"


@pytest.fixture
def shown(files: Path, settings: Settings) -> Path:
    """The short course, published, with a lesson that shows a picture (5), a film (6) and a file (7)."""
    show_files(files)
    settings.CONTENT_DIR = files
    services.import_courses(files)
    return files


def page(step: str, language: str = "uz", view: str = "") -> str:
    client = Client()
    if view:
        client.cookies["view"] = view
    return client.get(LESSON.format(language) + step).content.decode()


def refused(files: Path, old: str, new: str) -> str:
    """What is said of the course when a line of its lesson is another."""
    path = files / "uz/courses/short-course/passwords/long-words.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(CourseFaultsError) as error:
        services.import_courses(files)
    return "\n".join(error.value.faults)


def test_a_picture_has_its_words_and_its_room_on_the_page(shown: Path) -> None:
    said = page("5/")
    assert f'<img src="/static/media/lock.png" alt="{ALT["uz"]}" width="640" height="360"' in said
    assert f'<figcaption class="prose"><p>{SAID["uz"]}</p></figcaption>' in said


def test_a_video_waits_to_be_asked_for_and_has_captions_and_its_words(shown: Path) -> None:
    said = page("6/", "ru")
    player = said[said.index("<video") : said.index("</video>")]
    assert 'controls playsinline preload="none"' in player
    assert '<source src="/static/media/film.mp4" type="video/mp4">' in player
    assert '<track kind="captions" src="/static/media/film.ru.vtt" srclang="ru"' in player
    assert "autoplay" not in player
    assert SAID["ru"] in said[said.index("<details>") : said.index("</details>")]
    assert "MP4, 1" in said


def test_only_a_page_with_a_video_may_play_one(shown: Path) -> None:
    assert "media-src 'self'" in Client().get(LESSON.format("uz") + "6/")["Content-Security-Policy"]
    assert "media-src" not in Client().get(LESSON.format("uz") + "5/")["Content-Security-Policy"]


def test_the_other_script_reads_the_words_in_its_own_letters(shown: Path) -> None:
    assert 'alt="Узун пароль қулф устида"' in page("5/", "uz-cyrl")
    said = page("6/", "uz-cyrl")
    assert "Салом, болалар." in said
    assert 'src="/static/media/film.uz.vtt" srclang="uz-Latn"' in said or 'srclang="uz"' in said


def test_a_file_to_take_along_says_what_it_is_and_how_large(shown: Path) -> None:
    said = page("7/")
    assert '<a class="button" href="/static/media/sheet.pdf" download>' in said
    assert "(PDF, 19" in said


def test_whoever_saves_data_is_sent_no_picture_and_no_player(shown: Path) -> None:
    assert "<img" not in page("5/", view="low").split("<main")[1]
    assert ALT["uz"] in page("5/", view="low")
    said = page("6/", view="low")
    assert "<video" not in said
    assert "<details open>" in said


def test_a_file_that_is_gone_leaves_its_words(shown: Path) -> None:
    for path in (shown / "media").iterdir():
        path.unlink()
    assert ALT["uz"] in page("5/")
    assert SAID["uz"] in page("6/")
    assert "<video" not in page("6/")
    assert "sheet.pdf" not in page("7/")


def test_the_sheet_to_print_holds_the_picture_and_the_words_of_the_film(shown: Path) -> None:
    said = page("print/")
    assert 'loading="lazy"' in said
    assert SAID["uz"] in said[said.index("<details open>") :]


def test_a_page_stays_light(shown: Path) -> None:
    assert max(len(page(f"{step}/")) for step in (5, 6, 7)) < 60_000


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("{download sheet.pdf}", "{download sheet.exe}", "ends in pdf"),
        ("{download sheet.pdf}", "{download film.mp4}", "ends in pdf"),
        ("{video film.mp4}", "{video none.mp4}", "there is no file media/none.mp4"),
        ("{picture lock.png}", "{picture Lock.png}", "in small letters"),
        ("{picture lock.png}", "{picture drawing.svg}", "ends in png"),
        ("@captions film.uz.vtt\n", "", "needs captions"),
        ("@alt Uzun parol qulf ustida\n", "", "needs alt"),
        ("@transcript\n", "", "needs transcript"),
        ("@alt Uzun", "@music Uzun", "says nothing of a step"),
        ("{picture lock.png}", "", "text has no alt"),
    ],
)
def test_a_step_that_somebody_could_not_use_is_refused(files: Path, old: str, new: str, why: str) -> None:
    show_files(files)
    assert why in refused(files, old, new)


def test_a_file_that_is_not_what_its_name_says_is_refused(files: Path) -> None:
    show_files(files)
    (files / "media/sheet.pdf").write_bytes(b"MZ\x90\0 a program")
    (files / "media/lock.png").write_bytes(b"<svg onload=alert(1)>")
    with pytest.raises(CourseFaultsError, match=r"sheet.pdf is no pdf file inside") as error:
        services.import_courses(files)
    assert "lock.png is no png file inside" in str(error.value)


def test_a_heavy_picture_is_refused(files: Path) -> None:
    show_files(files)
    with (files / "media/lock.png").open("ab") as file:
        file.write(b"\0" * 100_000)
    with pytest.raises(CourseFaultsError, match="larger than 100 KB"):
        services.import_courses(files)


def test_a_lesson_with_files_comes_out_as_it_went_in(shown: Path, tmp_path: Path) -> None:
    for text in LessonText.objects.exclude(source=""):
        lesson, faults = lesson_files.read(text.source, "one", text.language)
        again, _ = lesson_files.read(lesson_files.write(lesson), "one", text.language)
        assert not faults
        assert again == lesson
    services.export_courses(shown, tmp_path / "out")
    assert services.import_courses(tmp_path / "out").unchanged == ("short-course",)


@pytest.mark.parametrize("code", ["test", "begin", "leave"])
def test_no_module_is_named_like_an_address_of_its_course(files: Path, code: str) -> None:
    toml = files / "courses/short-course"
    (toml / "modules/friends.toml").rename(toml / f"modules/{code}.toml")
    course = toml / "course.toml"
    course.write_text(course.read_text().replace('"friends"', f'"{code}"'))
    for language in ("uz", "ru", "en"):
        place = files / language / "courses/short-course"
        (place / "friends").rename(place / code)
    with pytest.raises(CourseFaultsError, match=f"“{code}” is an address of the course"):
        services.import_courses(files)
    assert not Course.objects.exists()
