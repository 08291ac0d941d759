"""A course taken along: whole, in one language, with no line and no question of a test."""

import io
import re
import zipfile
from pathlib import Path
from urllib.parse import urljoin

import pytest
from django.test import Client
from playwright.sync_api import Browser
from pytest_django import Settings

from .. import services
from ..models import Course, Module

pytestmark = pytest.mark.django_db
FILE = "/uz/courses/short-course/pack/course.zip"


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path


def pages(client: Client, address: str = FILE) -> dict[str, str]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_every_lesson_is_in_it_and_every_link_inside_leads_somewhere(client: Client, course: Course) -> None:
    held = pages(client)
    assert {name for name in held if name.endswith(".html")} == {
        "index.html", "passwords/long-words.html", "passwords/two-locks.html", "friends/who-writes.html",
    }  # fmt: skip
    for name, text in held.items():
        for link in re.findall(r'href="([^"#]+)"', text):
            assert link.startswith(("data:", "http")) or urljoin(name, link) in held, (name, link)


def test_nothing_is_loaded_from_any_line(client: Client, course: Course) -> None:
    for name, text in pages(client).items():
        assert set(re.findall(r'src="([^"]+)"', text)) <= {"../practice.js"}, name
        assert "url(" not in text
        assert "@import" not in text
        assert "fetch(" not in text


def test_no_question_of_a_test_is_in_it(client: Client, course: Course) -> None:
    for module in Module.objects.all():
        for question in module.questions:
            if question["use"] == "test":
                question["text"]["uz"] = f"SINOV {question['code']}"
                question["why"]["uz"] = "SINOV SABABI"
        module.save()
    text = "".join(pages(client).values())
    assert "SINOV" not in text
    assert "Qaysi biri?" in text
    assert "Uzunligi uchun." in text  # why the practice's answer is right


def test_it_is_in_the_script_it_was_asked_for_in(client: Client, course: Course) -> None:
    assert "Қисқа курс" in pages(client, FILE.replace("/uz/", "/uz-cyrl/"))["index.html"]
    assert client.get(FILE.replace("/uz/", "/kaa/")).status_code == 404


def test_it_is_made_once_and_anew_with_the_next_edition(
    client: Client, course: Course, tmp_path: Path, files: Path
) -> None:
    first = client.get(FILE).content
    (kept,) = (tmp_path / "packs").iterdir()
    made_at = kept.stat().st_mtime_ns
    assert client.get(FILE).content == first
    assert kept.stat().st_mtime_ns == made_at
    lesson = files / "uz/courses/short-course/passwords/long-words.md"
    lesson.write_text(lesson.read_text("utf-8").replace("Uzun parol", "Eng uzun parol"), "utf-8")
    services.import_courses(files)
    assert "Eng uzun parol" in pages(client)["passwords/long-words.html"]
    assert len(list((tmp_path / "packs").iterdir())) == 1


def test_its_page_says_how_big_it_is_and_the_course_leads_to_it(client: Client, course: Course) -> None:
    assert 'href="/uz/courses/short-course/pack/"' in client.get("/uz/courses/short-course/").content.decode()
    size = max(1, round(len(client.get(FILE).content) / 1024))
    assert f"({size} KB)" in client.get("/uz/courses/short-course/pack/").content.decode()


@pytest.mark.browser
def test_a_practice_is_checked_in_the_page_without_a_line(
    client: Client, course: Course, chromium: Browser, tmp_path: Path
) -> None:
    answer = client.get(FILE)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        archive.extractall(tmp_path / "stick")
    with chromium.new_context(offline=True) as context:
        page = context.new_page()
        page.goto(f"file://{tmp_path}/stick/index.html")
        page.click("text=Dars 1")
        page.check("text=Ikkinchi")
        page.click("form button")
        assert page.locator("details").get_attribute("open") is None
        page.check("text=Birinchi")
        page.click("form button")
        assert page.locator("details").get_attribute("open") is not None
        assert page.locator("output").inner_text()
