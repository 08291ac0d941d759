"""A piece on a stick: plain pages that lead to one another and nowhere else, made once."""

import io
import posixpath
import re
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from panoh.learn.playroom import keeping, offline, queries
from panoh.learn.playroom.models import PlayCell

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


def pack_of(client: Client, path: str) -> dict[str, str]:
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


@pytest.mark.parametrize("path", ["stories/message", "quizzes/safe", "paths/steppe"])
@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru"])
def test_every_link_of_a_pack_leads_to_a_file_in_it(client: Client, language: str, path: str) -> None:
    files = pack_of(client, f"/{language}/play/{path}.zip")
    pages = {name: text for name, text in files.items() if name.endswith(".html")}
    for name, text in pages.items():
        for target in re.findall(r'(?:href|src)="([^"]*)"', text):
            place = posixpath.normpath(posixpath.join(posixpath.dirname(name), target.partition("#")[0]))
            assert target == "data:," or place in files, (name, target)
        assert "<script" not in text
        assert "<form" not in text
    assert "url(" not in files["style.css"]
    assert "@import" not in files["style.css"]


def test_a_story_in_a_pack_is_played_to_both_its_endings(client: Client) -> None:
    files = pack_of(client, "/uz/play/stories/message.zip")
    assert 'href="scene-steppe.html"' in files["index.html"]
    assert {'href="scene-lost.html"', 'href="scene-told.html"'} <= set(
        re.findall(r'href="[^"]*"', files["scene-steppe.html"])
    )
    assert "Onangga ayt." in files["scene-told.html"]
    assert 'href="scene-steppe.html"' in files["scene-lost.html"]


def test_a_quiz_in_a_pack_says_why_without_a_server(client: Client) -> None:
    files = pack_of(client, "/uz/play/quizzes/safe.zip")
    assert 'href="question-1-ask.html"' in files["question-1.html"]
    assert "Kod faqat seniki." in files["question-1-ask.html"]
    assert 'href="question-2.html"' in files["question-1-ask.html"]


def test_a_path_brings_the_pieces_of_its_lessons(client: Client) -> None:
    files = pack_of(client, "/uz/play/paths/steppe.zip")
    assert 'href="stories/message/index.html"' in files["lesson-first.html"]
    assert 'href="../../style.css"' in files["stories/message/scene-told.html"]


def test_a_body_secret_is_in_no_pack(client: Client, folder: Path) -> None:
    path = folder / "playroom" / "stories" / "message.toml"
    path.write_text(path.read_text().replace("contract/cross", "contact/sexual"))
    queries._held.clear()
    assert client.get("/uz/play/stories/message.zip").status_code == 404
    assert not any("message" in name for name in pack_of(client, "/uz/play/paths/steppe.zip"))


def test_what_there_is_not_and_what_nobody_reviewed_look_the_same(client: Client, settings: Settings) -> None:
    for path in ("stories/none.zip", "stories/message.doc", "odd/message.zip", "quizzes/safe.epub"):
        assert client.get(f"/uz/play/{path}").status_code == 404, path
    settings.PRODUCTION = True
    told = client.get("/uz/play/stories/message.zip")
    assert told.status_code == 404


def test_a_pack_is_made_once_and_anew_when_a_word_changes(
    client: Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def pack(told: queries.Told, mark: str) -> bytes:
        made.append(mark)
        return offline.pack(told, mark)

    monkeypatch.setattr("panoh.learn.playroom.views.files.MAKERS", {"zip": pack})
    first, second = (client.get("/uz/play/stories/message.zip").content for _ in range(2))
    assert first == second
    assert len(made) == 1
    words = folder / "uz" / "playroom" / "stories" / "message.toml"
    words.write_text(words.read_text().replace("Yorqin xabar", "Yangi nom"))
    queries._held.clear()
    assert client.get("/uz/play/stories/message.zip").content != first
    assert len(made) == 2
    assert len([path for path in (folder / "data").rglob("*") if path.is_file()]) == 1


def test_the_same_piece_makes_the_same_bytes() -> None:
    told = queries.told_for("stories", "message", "uz")
    assert offline.pack(told, "1") == offline.pack(told, "1")
    assert keeping.mark_of(told) == keeping.mark_of(queries.told_for("stories", "message", "uz"))
    assert keeping.mark_of(told) != keeping.mark_of(queries.told_for("stories", "message", "ru"))


def test_what_is_taken_is_counted_by_its_form_and_never_kept_by_the_front(client: Client) -> None:
    response = client.get("/uz/play/stories/message.zip")
    assert "X-Panoh-Cache" not in response
    assert response["Content-Disposition"] == 'attachment; filename="message-uz.zip"'
    assert list(PlayCell.objects.values_list("piece", "language", "what", "n")) == [("stories/message", "uz", "zip", 1)]
