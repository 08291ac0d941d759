"""A page of guidance that can also be heard and seen: its files, its words as text, and what is refused."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from panoh.ground.accounts.public import User
from panoh.ground.search import public as search
from panoh.learn.portal.errors import ContentError, WritingRefusedError
from panoh.learn.portal.models import Sheet, Writing
from panoh.learn.portal.queries import recordings_of
from panoh.learn.portal.services import export_content, import_content, publish_writing, start_translation

from .conftest import INDEX, write_page
from .test_valid_html import faults_of
from .test_writing import browser, of
from .writers import address, open_form, post_form

pytestmark = pytest.mark.django_db
TRANSCRIPT = 'Salom, bolalar.\n\nQoʻrqmang: "sizga" yordam beramiz.'
FILM: dict[str, Any] = {
    "video": "film.mp4",
    "video_captions": "film.uz.vtt",
    "video_transcript": TRANSCRIPT,
    "video_poster": "film.jpg",
}
SIGNED: dict[str, Any] = {f"sign_{name}": value for name, value in FILM.items()}
SOUND: dict[str, Any] = {"audio": "ovoz.mp3"}


@pytest.fixture
def folder(folder: Path, settings: Settings) -> Path:
    """The small folder with a page that is not for children, and tiny files to play."""
    (folder / "portal" / "pages.toml").write_text(
        INDEX + '\n[audiences.parents]\npages = [\n  { slug = "third" },\n]\n'
    )
    for language in ("uz", "ru", "en"):
        write_page(folder, language, "third")
    (folder / "media").mkdir()
    for name in ("film.mp4", "film.jpg", "ovoz.mp3"):
        (folder / "media" / name).write_bytes(b"\0" * 1_260_000)
    (folder / "media" / "film.uz.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:02.000\nSalom, bolalar.\n")
    settings.CONTENT_DIR = folder
    return folder


def record(folder: Path, fields: dict[str, Any], slug: str = "third", language: str = "uz") -> None:
    """Put fields into the front matter of a page, each as one line."""
    path = folder / language / "guidance" / f"{slug}.md"
    rows = "".join(f'{name} = "{value.translate(ESCAPED)}"\n' for name, value in fields.items())
    path.write_text(path.read_text(encoding="utf-8").replace("reviewed_by", f"{rows}reviewed_by", 1), encoding="utf-8")


ESCAPED = str.maketrans({"\n": "\\n", '"': '\\"'})


def page(path: str, view: str = "") -> str:
    client = Client()
    if view:
        client.cookies["view"] = view
    return client.get(path).content.decode()


# --- on the street ----------------------------------------------------------------------------------------------------


def test_a_film_has_captions_its_words_and_its_size_and_loads_nothing_by_itself(folder: Path) -> None:
    record(folder, FILM)
    import_content(folder)
    shown = page("/uz/guide/third/")
    player = shown[shown.index("<video") : shown.index("</video>")]
    assert 'preload="none"' in player
    assert 'poster="/static/media/film.jpg"' in player
    assert '<source src="/static/media/film.mp4" type="video/mp4">' in player
    assert '<track kind="captions" src="/static/media/film.uz.vtt" srclang="uz-Latn"' in player
    assert "autoplay" not in shown
    assert "1,3 MB" in shown
    assert "Salom, bolalar.</p>" in shown[shown.index("<details") :]


def test_a_page_with_all_of_it_is_valid_in_every_script_and_on_its_easy_twin(folder: Path) -> None:
    for slug in ("first", "third"):
        record(folder, {**SOUND, **FILM, **SIGNED}, slug)
    import_content(folder)
    for path in ("/uz/guide/third/", "/uz-cyrl/guide/third/", "/uz/guide/first/", "/uz/guide/first/?reading=easy"):
        assert faults_of(Client(), path) == []
        assert page(path).count("<video") == 2
        assert page(path).count("<audio") == 1


def test_in_low_data_mode_there_are_the_words_and_a_link_with_the_size(folder: Path) -> None:
    record(folder, {**SOUND, **FILM})
    import_content(folder)
    shown = page("/uz/guide/third/", view="low")
    assert not [tag for tag in ("<video", "<audio", "film.jpg") if tag in shown]
    assert '<a href="/static/media/film.mp4" download>' in shown
    assert "1,3 MB" in shown
    assert "<details open>" in shown


def test_a_page_about_trouble_asks_for_no_picture_of_a_film(folder: Path) -> None:
    record(folder, FILM, "first")
    import_content(folder)
    shown = page("/uz/guide/first/")
    assert "<video" in shown
    assert "film.jpg" not in shown


def test_only_a_page_with_something_to_play_may_play_and_only_ours(folder: Path) -> None:
    record(folder, SOUND)
    import_content(folder)
    assert "media-src 'self'" in Client().get("/uz/guide/third/")["Content-Security-Policy"]
    assert "media-src" not in Client().get("/uz/guide/second/")["Content-Security-Policy"]


def test_the_words_are_in_the_other_script_too_and_the_files_keep_their_names(folder: Path) -> None:
    record(folder, FILM)
    import_content(folder)
    told = Sheet.objects.get(code="third", language="uz-cyrl").data["video"]
    assert told["transcript"].startswith("Салом, болалар.")
    assert (told["file"], told["captions"], told["poster"]) == ("film.mp4", "film.uz.vtt", "film.jpg")
    assert 'srclang="uz-Latn"' in page("/uz-cyrl/guide/third/")


def test_the_search_knows_what_is_said_but_not_what_the_file_is_called(folder: Path) -> None:
    record(folder, {**FILM, "video_transcript": "Kapalak uchdi."})
    import_content(folder)
    assert [one.thing for one in search.find("kapalak", "uz")] == ["guidance:third"]
    assert not [one for one in search.find("film.mp4", "uz") if one.thing == "guidance:third"]


def test_a_film_that_is_not_served_yet_leaves_its_words(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are collected at a start: what an import brings in between waits for the next."""

    def unknown(_self: Any, name: str) -> str:
        raise ValueError(name)

    record(folder, FILM)
    import_content(folder)
    with monkeypatch.context() as patched:
        patched.setattr(StaticFilesStorage, "url", unknown)
        (found,) = recordings_of(Sheet.objects.get(code="third", language="uz"))
    assert (found.url, found.captions) == ("", "")
    (folder / "media" / "film.mp4").unlink()
    shown = page("/uz/guide/third/")
    assert "<video" not in shown
    assert "<details open>" in shown


# --- in files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({**FILM, "video_captions": ""}, "a video needs captions"),
        ({**FILM, "video_transcript": ""}, "a video needs its words as text"),
        ({**SIGNED, "sign_video_captions": ""}, "a video needs captions"),
        ({**SIGNED, "sign_video_transcript": " "}, "a video needs its words as text"),
        ({**FILM, "video": ""}, "no file is named"),
        ({**FILM, "video": "absent.mp4"}, "there is no file media/absent.mp4"),
        ({**FILM, "video": "../uz/film.mp4"}, "ends in mp4, webm"),
        ({**FILM, "video": "ovoz.mp3"}, "“ovoz.mp3” must be a file name"),
        ({**FILM, "video_captions": "film.jpg"}, "ends in vtt"),
        ({**FILM, "video_poster": "film.uz.vtt"}, "ends in jpg, png, webp"),
        ({"audio": "film.mp4"}, "ends in mp3, m4a, ogg, opus"),
    ],
)
def test_a_film_that_leaves_somebody_out_is_a_fault_of_its_file(
    folder: Path, fields: dict[str, Any], said: str
) -> None:
    record(folder, fields)
    with pytest.raises(ContentError) as refused:
        import_content(folder)
    (fault,) = refused.value.faults
    assert fault.startswith("uz/guidance/third.md: ")
    assert said in fault
    assert not Sheet.objects.exists()


def test_captions_that_are_none_are_a_fault(folder: Path) -> None:
    record(folder, FILM)
    (folder / "media" / "film.uz.vtt").write_text("1\n00:00:00,000 --> 00:00:02,000\nSalom\n")
    with pytest.raises(ContentError, match=r"film\.uz\.vtt is no WebVTT file"):
        import_content(folder)


def test_a_list_where_a_name_is_meant_is_a_fault(folder: Path) -> None:
    path = folder / "uz" / "guidance" / "third.md"
    path.write_text(path.read_text().replace("sources = []", 'sources = []\naudio = ["ovoz.mp3"]'))
    with pytest.raises(ContentError, match="audio must be a text"):
        import_content(folder)


def test_recordings_come_back_from_the_editors_byte_for_byte(folder: Path, tmp_path_factory: Any) -> None:
    record(folder, {**SOUND, **FILM, **SIGNED})
    call_command("content", "tidy", folder)
    import_content(folder)
    assert Writing.objects.get(code="third", locale__language_code="uz").video_transcript == TRANSCRIPT
    to = tmp_path_factory.mktemp("out")
    export_content(folder, to)
    for name in ("uz/guidance/third.md", "media/film.mp4"):
        assert (to / name).read_bytes() == (folder / name).read_bytes()
    assert import_content(to).kept == ()


def test_a_longer_text_stands_in_its_file_line_by_line(folder: Path) -> None:
    record(folder, FILM)
    call_command("content", "tidy", folder)
    assert 'video_transcript = """\nSalom, bolalar.\n\nQoʻrqmang' in (folder / "uz/guidance/third.md").read_text()


# --- in the browser ---------------------------------------------------------------------------------------------------


def test_an_editor_names_a_film_and_it_is_on_the_street_and_in_the_files(folder: Path, editor: User) -> None:
    import_content(folder)
    post_form(browser(editor), of("third"), "action-publish", **FILM)
    assert "<video" in page("/uz/guide/third/")
    export_content(folder, folder)
    assert 'video_captions = "film.uz.vtt"' in (folder / "uz" / "guidance" / "third.md").read_text()


@pytest.mark.parametrize(
    ("lacking", "said"),
    [("video_captions", "videoga subtitr kerak"), ("video_transcript", "videoda aytilganlar matn koʻrinishida ham")],
)
def test_the_form_refuses_a_film_that_leaves_somebody_out(folder: Path, editor: User, lacking: str, said: str) -> None:
    import_content(folder)
    shown = post_form(browser(editor), of("third"), "action-publish", **{**FILM, lacking: ""})
    assert said in shown
    assert "<video" not in page("/uz/guide/third/")


def test_a_draft_may_wait_for_its_captions_but_is_never_published_without(folder: Path, editor: User) -> None:
    import_content(folder)
    post_form(browser(editor), of("third"), video="film.mp4")
    draft = of("third").get_latest_revision_as_object()
    assert draft.video == "film.mp4"
    draft.save()
    with pytest.raises(WritingRefusedError, match="subtitr"):
        publish_writing(of("third"), by=editor)


def test_the_preview_plays_what_the_street_would(folder: Path, editor: User) -> None:
    record(folder, FILM)
    import_content(folder)
    desk, address = browser(editor), reverse("wagtailsnippets_portal_writing:preview_on_edit", args=[of("third").pk])
    desk.post(address, open_form(desk, of("third")))
    shown = desk.get(address, {"mode": "uz-cyrl", "in_preview_panel": "true"})
    assert "<video" in shown.content.decode()
    assert "media-src 'self'" in shown["Content-Security-Policy"]


def test_only_guidance_has_recordings(folder: Path, editor: User) -> None:
    (folder / "portal" / "faq.toml").write_text('[[questions]]\ncode = "why"\naudiences = ["parents"]\n')
    for language in ("uz", "ru", "en"):
        told = '[[questions]]\ncode = "why"\nquestion = "Nega?"\nanswer = "Chunki."\npage = ""\n'
        (folder / language / "faq.toml").write_text(told)
    import_content(folder)
    assert 'name="audio"' in browser(editor).get(address(of("third"))).content.decode()
    assert 'name="audio"' not in browser(editor).get(address(of("why"))).content.decode()
    post_form(browser(editor), of("why"), **SOUND)
    assert of("why").get_latest_revision_as_object().audio == ""


def test_a_translation_begins_without_the_voice_of_the_other_language(folder: Path, editor: User) -> None:
    record(folder, {**SOUND, **FILM})
    import_content(folder)
    made = start_translation(of("third"), "kaa", by=editor)
    assert (made.audio, made.video, made.video_transcript) == ("", "", "")


def test_an_import_takes_a_recording_away_again(folder: Path) -> None:
    before = (folder / "uz" / "guidance" / "third.md").read_bytes()
    record(folder, SOUND)
    import_content(folder)
    assert of("third").audio == "ovoz.mp3"
    (folder / "uz" / "guidance" / "third.md").write_bytes(before)
    import_content(folder)
    assert of("third").audio == ""
    assert "<audio" not in page("/uz/guide/third/")
