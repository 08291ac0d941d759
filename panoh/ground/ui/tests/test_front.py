import logging

import pytest
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import DatabaseError
from django.test import Client, RequestFactory

from panoh.ground.ui import paths, views

KNOWN = ("uz", "uz-cyrl", "ru", "en", "kaa")


@pytest.mark.parametrize(
    ("accept", "language"),
    [
        ("ru-RU,ru;q=0.9,en;q=0.5", "ru"),
        ("uz-Cyrl-UZ, ru;q=0.8", "uz-cyrl"),
        ("uz-Latn-UZ", "uz"),
        ("kaa-Cyrl", "kaa"),
        ("en;q=0.2, kaa;q=0.9", "kaa"),
        ("fr, de;q=0.9", ""),
        ("en;q=zero, ru;q=0.1", "ru"),
        ("ru;q=0", ""),
        ("", ""),
    ],
)
def test_a_browser_says_what_its_person_reads(accept: str, language: str) -> None:
    assert paths.preferred(accept, KNOWN) == language


def test_the_front_prefers_what_was_chosen_before(client: Client) -> None:
    assert client.get("/", headers={"Accept-Language": "en"})["Location"] == "/en/"
    client.cookies["view"] = "kaa.dark"
    answer = client.get("/", headers={"Accept-Language": "en"})
    assert answer["Location"] == "/kaa/"
    assert {"Accept-Language", "Cookie"} <= set(answer["Vary"].split(", "))


def test_a_stranger_to_all_our_languages_gets_uzbek(client: Client) -> None:
    assert client.get("/", headers={"Accept-Language": "ja"})["Location"] == "/uz/"


def test_the_same_page_in_another_language_keeps_its_question() -> None:
    assert paths.in_language("/uz/help/?region=UZ-TK", "ru", KNOWN) == "/ru/help/?region=UZ-TK"
    assert paths.in_language("/desk/queue/", "ru", KNOWN) == "/ru/"
    assert paths.in_language("/uz", "ru", KNOWN) == "/ru/"


@pytest.mark.django_db
def test_the_pulse_is_that_of_the_database(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/health/").content == b"ok"

    def refuse() -> None:
        raise DatabaseError

    monkeypatch.setattr("django.db.connection.cursor", refuse)
    assert client.get("/health/").status_code == 503


@pytest.mark.parametrize(
    ("path", "lang"), [("/ru/nowhere/", "ru"), ("/uz-cyrl/nowhere/", "uz-Cyrl"), ("/kaa/nowhere/", "kaa-Latn")]
)
def test_a_missing_page_answers_in_the_language_of_its_address(client: Client, path: str, lang: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert f'<html lang="{lang}"' in answer.content.decode()
    assert answer["Content-Language"] == lang
    assert "/talk/" in answer.content.decode()


def test_a_broken_page_asks_nothing_of_the_database() -> None:
    """No database is allowed in this test: a query would fail it."""
    answer = views.broken(RequestFactory().get("/ru/talk/"))
    assert answer.status_code == 500
    assert "/ru/talk/" in answer.content.decode()


def test_the_last_page_comes_even_without_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(code: str, language: str) -> str:
        raise LookupError

    monkeypatch.setattr("panoh.ground.languages.public.word", refuse)
    logging.disable(logging.CRITICAL)
    answer = views.broken(RequestFactory().get("/uz/"))
    logging.disable(logging.NOTSET)
    assert answer.status_code == 500
    assert "/exit/" in answer.content.decode()


@pytest.mark.parametrize(("failure", "status"), [(RequestDataTooBig(), 413), (SuspiciousOperation(), 400)])
def test_a_body_we_cannot_take_is_answered_calmly(failure: Exception, status: int) -> None:
    answer = views.bad_request(RequestFactory().post("/en/talk/"), failure)
    assert answer.status_code == status
    assert "did not keep it" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


def test_ten_megabytes_are_refused_in_the_language_of_the_page(client: Client) -> None:
    answer = client.post("/en/display/", "a" * 10_000_000, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "too much at once" in answer.content.decode()


def test_staff_are_led_back_to_the_desk(desk: Client) -> None:
    page = desk.get("/desk/nowhere-at-all/")
    assert page.status_code == 404
    assert 'href="/desk/"' in page.content.decode()
