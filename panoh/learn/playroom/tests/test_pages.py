"""A child opens the playroom: plain links, no cookie, nobody is scored and nobody counted by name."""

import re
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from panoh.learn.playroom import policy, queries
from panoh.learn.playroom.models import PlayCell
from panoh.learn.playroom.services import settle_plays

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("folder")]


def said(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    assert not response.cookies
    return response.content.decode()


def test_a_story_is_played_to_both_its_endings_by_links_alone(client: Client) -> None:
    assert "Yorqin xabar" in said(client, "/uz/play/")
    assert 'href="/uz/play/stories/message/steppe/"' in said(client, "/uz/play/stories/message/")
    first = said(client, "/uz/play/stories/message/steppe/")
    assert 'href="/uz/play/stories/message/lost/"' in first
    assert 'href="/uz/play/stories/message/told/"' in first
    assert "<form" not in first.split("<main")[1].split("</main")[0]
    lost = said(client, "/uz/play/stories/message/lost/")
    assert 'href="/uz/play/stories/message/steppe/"' in lost
    assert all(words in lost for words in ("Onangga ayt.", "Yop.", "Panohdagi odamga", 'href="/uz/help/"'))


def test_it_is_read_in_cyrillic_too(client: Client) -> None:
    page = said(client, "/uz-cyrl/play/stories/message/steppe/")
    assert "Телефон чироқ ёқди." in page
    assert 'aria-label="Лола чўлда"' in page


def test_what_is_not_there_and_what_nobody_reviewed_look_the_same(client: Client, settings: Settings) -> None:
    assert said(client, "/uz/play/stories/none/", 404)
    said(client, "/uz/play/stories/message/none/", 404)
    said(client, "/kaa/play/stories/message/", 404)
    said(client, "/uz/play/odd/message/", 404)
    told = queries.told_for("stories", "message", "uz")
    settings.PRODUCTION = True
    assert not policy.may_show(told.piece, "uz")
    assert queries.told("uz") == []


def test_a_reviewed_piece_leaves_the_house_in_the_language_it_was_reviewed_in(folder: Path, settings: Settings) -> None:
    path = folder / "uz" / "playroom" / "stories" / "message.toml"
    words = path.read_text().replace('reviewed_by = ""', 'reviewed_by = "Malika"')
    path.write_text(words.replace('reviewed_on = ""', 'reviewed_on = "2026-11-20"'))
    queries._held.clear()
    settings.PRODUCTION = True
    assert [one.slug for one in queries.told("uz")] == ["message"]
    assert queries.told("uz-cyrl") == []
    assert queries.told("ru") == []


def test_a_quiz_says_why_and_never_how_many(client: Client) -> None:
    asked = said(client, "/uz/play/quizzes/safe/1/")
    assert "Kod faqat seniki." not in asked
    for answer in ("safe", "not", "ask"):
        assert "Kod faqat seniki." in said(client, f"/uz/play/quizzes/safe/1/?a={answer}")
    assert "Kod faqat seniki." not in said(client, "/uz/play/quizzes/safe/1/?a=odd")
    said(client, "/uz/play/quizzes/safe/3/", 404)


def test_a_teacher_finds_the_pieces_of_a_lesson(client: Client) -> None:
    assert 'href="/ru/play/paths/steppe/first/"' in said(client, "/ru/play/paths/steppe/")
    lesson = said(client, "/ru/play/paths/steppe/first/")
    assert 'href="/ru/play/stories/message/"' in lesson
    assert 'href="/ru/play/quizzes/safe/"' in lesson
    assert 'href="/ru/play/workbook/mine/#write"' in lesson
    assert "Daftarim: Yozamiz" in lesson


def test_what_was_begun_and_finished_is_counted_and_nothing_else(client: Client) -> None:
    for path in ("", "stories/message/", "stories/message/steppe/", "stories/message/told/", "quizzes/safe/1/"):
        said(client, f"/uz/play/{path}")
    said(client, "/uz/play/quizzes/safe/1/?a=not")
    rows = sorted(PlayCell.objects.values_list("piece", "what", "n"))
    assert rows == [("quizzes/safe", "begun", 1), ("stories/message", "begun", 1), ("stories/message", "finished", 1)]
    assert settle_plays() == 3


def test_a_page_that_is_counted_is_not_kept_and_every_other_is(client: Client) -> None:
    assert "X-Panoh-Cache" in client.get("/uz/play/")
    assert "X-Panoh-Cache" in client.get("/uz/play/stories/message/")
    assert "X-Panoh-Cache" not in client.get("/uz/play/stories/message/steppe/")


def test_a_story_about_a_body_secret_is_hushed(client: Client, folder: Path) -> None:
    path = folder / "playroom" / "stories" / "message.toml"
    path.write_text(path.read_text().replace("contract/cross", "contact/sexual"))
    queries._held.clear()
    response = client.get("/uz/play/stories/message/")
    assert "no-store" in response["Cache-Control"]
    assert "Yorqin xabar</title>" not in response.content.decode()
    assert "X-Panoh-Cache" not in response


def test_pages_need_no_question_to_the_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    said(client, "/uz/play/")
    with django_assert_num_queries(0):
        said(client, "/uz/play/stories/message/")


def test_a_file_that_changed_is_read_again(client: Client, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said(client, "/uz/play/stories/message/")
    path = folder / "uz" / "playroom" / "stories" / "message.toml"
    path.write_text(path.read_text().replace("Yorqin xabar", "Yangi nom"))
    assert "Yangi nom" not in said(client, "/uz/play/stories/message/")
    monkeypatch.setattr(queries, "LOOK_AGAIN_SECONDS", 0.0)
    assert "Yangi nom" in said(client, "/uz/play/stories/message/")


def test_a_piece_names_every_file_of_it_that_there_is(client: Client) -> None:
    for kind, slug, forms in (
        ("stories", "message", ("pdf", "epub", "zip")),
        ("cards", "deck", ("pdf", "zip")),
        ("workbook", "mine", ("pdf", "zip")),
        ("quizzes", "safe", ("pdf", "zip")),
        ("episodes", "river", ("pdf", "epub", "zip")),
        ("challenge", "day", ("pdf", "zip")),
        ("paths", "steppe", ("zip",)),
    ):
        page = said(client, f"/uz/play/{kind}/{slug}/")
        assert re.findall(rf'href="/uz/play/{kind}/{slug}\.(\w+)"', page) == list(forms), kind
        for form in forms:
            assert client.get(f"/uz/play/{kind}/{slug}.{form}").status_code == 200, (kind, form)
    assert PlayCell.objects.count() == 15
    assert ".zip" not in said(client, "/uz/play/stories/message/steppe/")
    assert 'href="/uz/play/workbook/mine/guide.pdf"' in said(client, "/uz/play/workbook/mine/guide/")
    assert 'href="/uz/play/paths/steppe/first.pdf"' in said(client, "/uz/play/paths/steppe/first/")


def test_a_body_secret_is_offered_on_paper_only(client: Client, folder: Path) -> None:
    path = folder / "playroom" / "stories" / "message.toml"
    path.write_text(path.read_text().replace("contract/cross", "contact/sexual"))
    queries._held.clear()
    page = said(client, "/uz/play/stories/message/")
    assert 'message.pdf"' in page
    assert 'message.zip"' not in page
