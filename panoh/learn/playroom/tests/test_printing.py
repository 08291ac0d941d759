"""Sheets on paper: tagged, in their language, every drawing described, fit for scissors and for both sides."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.test import Client
from pypdf.generic import IndirectObject

from panoh.ground.organisations.public import ShownNumber
from panoh.ground.ui.typesetting import covered
from panoh.learn.playroom import printing, queries
from panoh.learn.playroom.models import PlayCell
from panoh.learn.playroom.tree import Playroom

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]
SHEETS = {
    "stories/message.pdf": "Yorqin xabar",
    "cards/deck.pdf": "Nima qilarding?",
    "workbook/mine.pdf": "Daftarim",
    "workbook/mine/guide.pdf": "Daftarim",
    "quizzes/safe.pdf": "Xavfsizmi?",
    "challenge/day.pdf": "Bir kun",
    "episodes/river.pdf": "Ilmoq & qarmoq",
    "paths/steppe/first.pdf": "Birinchi",
}


def printed(client: Client, path: str) -> pypdf.PdfReader:
    response = client.get(path)
    assert response.status_code == 200, path
    assert response["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(response.content))


def tags(node: Any) -> Iterator[Any]:
    """Every element of the tree of structure, from the top."""
    node = node.get_object() if isinstance(node, IndirectObject) else node
    if isinstance(node, dict):
        if "/S" in node:
            yield node
        yield from tags(node.get("/K"))
    elif isinstance(node, list):
        for one in node:
            yield from tags(one)


def structure(reader: pypdf.PdfReader) -> list[Any]:
    return list(tags(reader.trailer["/Root"]["/StructTreeRoot"]))  # type: ignore[index]


def said_on(page: pypdf.PageObject) -> str:
    return " ".join(page.extract_text().split())


@pytest.mark.parametrize(("path", "title"), SHEETS.items())
def test_every_sheet_is_tagged_and_says_its_language_and_its_name(client: Client, path: str, title: str) -> None:
    reader = printed(client, f"/uz/play/{path}")
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "uz"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    assert reader.metadata is not None
    assert reader.metadata.title == title
    kinds = [node["/S"] for node in structure(reader)]
    assert "/H1" in kinds
    assert all(node.get("/Alt") for node in structure(reader) if node["/S"] == "/Figure")


@pytest.mark.parametrize(("language", "lang"), [("uz-cyrl", "uz"), ("ru", "ru"), ("en", "en")])
def test_a_sheet_is_set_in_every_language(client: Client, language: str, lang: str) -> None:
    reader = printed(client, f"/{language}/play/stories/message.pdf")
    assert str(reader.trailer["/Root"]["/Lang"]).startswith(lang)  # type: ignore[index]
    assert ("Ёрқин хабар" if language == "uz-cyrl" else "Yorqin xabar") in said_on(reader.pages[0])


def test_a_story_is_a_booklet_whose_choices_name_the_scene_they_lead_to(client: Client) -> None:
    reader = printed(client, "/uz/play/stories/message.pdf")
    assert len(reader.pages) == 4
    assert (round(reader.pages[0].mediabox.width), round(reader.pages[0].mediabox.height)) == (420, 595)
    scene = said_on(reader.pages[1])
    assert "Ochaman 2" in scene
    assert "Soʻrayman 3" in scene
    assert len(reader.pages[1].get("/Annots", [])) == 2
    assert said_on(reader.pages[2]).startswith("2 ")
    assert "Onangga ayt." in said_on(reader.pages[3])
    figures = [node["/Alt"] for node in structure(reader) if node["/S"] == "/Figure"]
    assert figures == ["Lola choʻlda", "Lola choʻlda", "Tun", "Uy"]


def test_cards_stand_nine_on_a_sheet_with_their_backs_mirrored_behind_them(client: Client) -> None:
    pages = printed(client, "/uz/play/cards/deck.pdf").pages
    assert len(pages) == 6
    assert "Gapiring." in said_on(pages[0])
    assert said_on(pages[1]) == "" or "Old" not in said_on(pages[1])
    assert [f"Old {n}" in said_on(pages[2]) for n in (1, 9, 10)] == [True, True, False]
    assert [f"Orqa {n}" in said_on(pages[3]) for n in (1, 9, 10)] == [True, True, False]
    assert "Old 11" in said_on(pages[4])
    assert "Orqa 11" in said_on(pages[5])
    assert _left(pages[2], "Old 1") < 200 < _left(pages[2], "Old 3")
    assert _left(pages[3], "Orqa 3") < 200 < _left(pages[3], "Orqa 1")


def test_the_challenge_and_an_episode_are_whole_on_paper_and_say_whom_to_call(client: Client) -> None:
    challenge = " ".join(said_on(page) for page in printed(client, "/uz/play/challenge/day.pdf").pages)
    assert all(words in challenge for words in ("Parolingni tekshir.", "Kalit seniki.", "Tekshirdim", "/uz/help/"))
    episode = " ".join(said_on(page) for page in printed(client, "/uz/play/episodes/river.pdf").pages)
    assert all(words in episode for words in ("5 < 6", "Toʻxta!", "[suv]", "Onangga ayt.", "/uz/help/"))


def test_a_number_nobody_verified_is_never_printed(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = [
        ShownNumber("Tekshirilgan", "1050", "", "", True, False, None, False),
        ShownNumber("Misol", "0000", "", "", True, True, None, False),
    ]
    monkeypatch.setattr("panoh.learn.playroom.calling.numbers_to_call", lambda language: shown)
    last = said_on(printed(client, "/uz/play/stories/message.pdf").pages[-1])
    assert "Tekshirilgan: 1050" in last
    assert "Misol" not in last


def _left(page: pypdf.PageObject, words: str) -> float:
    """How far from the left edge a text begins, in points."""
    found: list[float] = []

    def look(text: str, now: list[float], matrix: list[float], *_: Any) -> None:
        if words in text:
            found.append(now[4] + matrix[4])

    page.extract_text(visitor_text=look)
    return found[0]


def test_a_pupil_sees_the_task_and_the_teacher_sees_it_beside_the_guide(client: Client) -> None:
    pupil = " ".join(said_on(page) for page in printed(client, "/uz/play/workbook/mine.pdf").pages)
    guide = " ".join(said_on(page) for page in printed(client, "/uz/play/workbook/mine/guide.pdf").pages)
    assert "Uyingni chiz." in pupil
    assert "Xotirjamlik" not in pupil
    assert all(words in guide for words in ("Uyingni chiz.", "Xotirjamlik", "Istalgan kishi", "Tinglang."))


def test_a_quiz_keeps_its_answers_for_the_last_page(client: Client) -> None:
    pages = printed(client, "/uz/play/quizzes/safe.pdf").pages
    assert "Kod faqat seniki." not in said_on(pages[0])
    assert "Kod faqat seniki." in said_on(pages[-1])


def test_a_sheet_is_counted_and_a_lesson_that_there_is_not_is_not_found(client: Client) -> None:
    printed(client, "/uz/play/paths/steppe/first.pdf")
    assert list(PlayCell.objects.values_list("piece", "what")) == [("paths/steppe", "pdf")]
    for path in ("paths/steppe/none.pdf", "workbook/none/guide.pdf", "challenge/none.pdf", "paths/steppe.pdf"):
        assert client.get(f"/uz/play/{path}").status_code == 404, path


def test_a_body_secret_may_be_printed_under_a_name_that_says_nothing(client: Client, folder: Path) -> None:
    path = folder / "playroom" / "stories" / "message.toml"
    path.write_text(path.read_text().replace("contract/cross", "contact/sexual"))
    queries._held.clear()
    response = client.get("/uz/play/stories/message.pdf")
    assert response["Content-Disposition"] == 'attachment; filename="stories-uz.pdf"'
    assert "no-store" in response["Cache-Control"]


def test_the_same_piece_makes_the_same_sheet() -> None:
    told = queries.told_for("stories", "message", "uz")
    assert printing.sheet(told, "1") == printing.sheet(told, "1")


def test_our_fonts_can_draw_every_letter_the_house_tells_children() -> None:
    missing = {
        letter
        for piece in Playroom(Path(__file__).parents[4] / "content").pieces
        for letter in str(piece.words)
        if ord(letter) not in covered() and letter != "\n"
    }
    assert missing == set()
