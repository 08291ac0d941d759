"""A scene is heard where somebody read it, and read by the device where nobody did."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from panoh.learn.playroom import books, keeping, queries, recordings
from panoh.learn.playroom.tree import Playroom

from .test_books import checked, needs_java

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


@pytest.fixture
def recorded(folder: Path) -> Path:
    """The first scene of the story and the whole episode were read by somebody."""
    media = folder / "media"
    media.mkdir()
    for name in ("lola.mp3", "river.mp3", "river.mp4", "river.png"):
        (media / name).write_bytes(b"sound of " + name.encode())
    (media / "river.vtt").write_text("WEBVTT\n")
    story = folder / "uz" / "playroom" / "stories" / "message.toml"
    story.write_text(story.read_text().replace("[scenes.steppe]", '[scenes.steppe]\naudio = "lola.mp3"'))
    episode = folder / "uz" / "playroom" / "episodes" / "river.toml"
    named = 'audio = "river.mp3"\nvideo = "river.mp4"\nvideo_captions = "river.vtt"\nvideo_poster = "river.png"\n'
    episode.write_text(named + episode.read_text())
    queries._held.clear()
    return folder


def page(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def test_a_recorded_scene_is_played_only_when_somebody_presses(client: Client, recorded: Path) -> None:
    assert Playroom(recorded).faults == []
    scene = page(client, "/uz/play/stories/message/steppe/")
    (tag,) = re.findall(r"<audio[^>]*>", scene)
    assert 'preload="none"' in tag
    assert "controls" in tag
    assert 'src="/static/media/lola.mp3"' in tag
    assert "autoplay" not in scene
    assert 'id="aloud"' not in scene


def test_one_recording_serves_both_scripts_of_its_language(client: Client, recorded: Path) -> None:
    assert "/static/media/lola.mp3" in page(client, "/uz-cyrl/play/stories/message/steppe/")


def test_where_nobody_read_it_the_device_is_offered(client: Client) -> None:
    scene = page(client, "/uz/play/stories/message/steppe/")
    assert 'id="aloud" data-language="uz"' in scene
    assert "<audio" not in scene


def test_a_body_secret_is_never_offered_to_be_read_aloud(client: Client, folder: Path) -> None:
    path = folder / "playroom" / "stories" / "message.toml"
    path.write_text(path.read_text().replace("contract/cross", "contact/sexual"))
    queries._held.clear()
    assert 'id="aloud"' not in page(client, "/uz/play/stories/message/steppe/")


def test_an_episode_has_a_captioned_film_and_its_words_below(client: Client, recorded: Path) -> None:
    episode = page(client, "/uz/play/episodes/river/")
    assert '<video controls playsinline preload="none"' in episode
    assert 'kind="captions" src="/static/media/river.vtt" srclang="uz-Latn"' in episode
    assert 'poster="/static/media/river.png"' in episode
    assert "Toʻxta!" in episode
    assert 'src="/static/media/river.mp3"' in episode


def test_a_small_recording_goes_along_and_a_large_one_stays(
    client: Client, recorded: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def names(form: str) -> list[str]:
        with zipfile.ZipFile(io.BytesIO(client.get(f"/uz/play/stories/message.{form}").content)) as archive:
            pages = "".join(archive.read(one).decode() for one in archive.namelist() if one.endswith("html"))
            assert ('src="sound/lola.mp3"' in pages) == any("lola.mp3" in one for one in archive.namelist())
            return archive.namelist()

    assert "sound/lola.mp3" in names("zip")
    assert "book/sound/lola.mp3" in names("epub")
    monkeypatch.setattr(recordings, "SMALL", 3)
    monkeypatch.setattr(keeping, "mark_of", lambda told: "another")
    assert not any("sound" in one for one in [*names("zip"), *names("epub")])


def test_the_official_validator_finds_nothing_in_a_book_that_is_heard(tmp_path: Path, recorded: Path) -> None:
    needs_java()
    with translation.override("uz"):
        said = checked(tmp_path / "book.epub", books.book(queries.told_for("stories", "message", "uz"), "1"))
    assert said.messages == []


def test_another_recording_under_the_same_name_makes_the_file_anew(recorded: Path) -> None:
    before = keeping.mark_of(queries.told_for("stories", "message", "uz"))
    (recorded / "media" / "lola.mp3").write_bytes(b"read once more, and better")
    assert keeping.mark_of(queries.told_for("stories", "message", "uz")) != before


@pytest.mark.parametrize(
    ("kind", "old", "new", "said"),
    [
        ("stories/message", "[scenes.steppe]", '[scenes.steppe]\naudio = "none.mp3"', "media/none.mp3 is missing"),
        ("stories/message", "[scenes.steppe]", '[scenes.steppe]\naudio = "../x.mp3"', "plain file name"),
        ("stories/message", "[scenes.steppe]", '[scenes.steppe]\naudio = "x.exe"', "ending in mp3"),
        ("episodes/river", "title", 'video = "river.mp4"\ntitle', "a video needs video_captions"),
        ("quizzes/safe", "title", 'audio = "x.mp3"\ntitle', "has no place here"),
    ],
)
def test_a_wrong_recording_is_a_fault(folder: Path, kind: str, old: str, new: str, said: str) -> None:
    path = folder / "uz" / "playroom" / f"{kind}.toml"
    path.write_text(path.read_text().replace(old, new, 1))
    assert any(said in fault for fault in Playroom(folder).faults), Playroom(folder).faults
