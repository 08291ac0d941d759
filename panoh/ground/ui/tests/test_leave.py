import re

import pytest
from django.contrib.sessions.models import Session
from django.db import DatabaseError
from django.test import Client

from panoh.ground.common.centre import centre


def test_the_link_leads_to_the_harmless_page_of_the_centre(client: Client) -> None:
    answer = client.get("/exit/")
    assert (answer.status_code, answer["Location"]) == (302, centre("public", "exit_url"))
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("method", ["get", "post"])
def test_leaving_takes_everything_this_browser_holds_of_us(client: Client, method: str) -> None:
    client.cookies["talk"] = "a-visit"
    answer = getattr(client, method)("/exit/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer.cookies["talk"].value == ""
    assert answer.cookies["talk"]["max-age"] == 0


def test_leaving_ends_the_session_on_the_server_too(desk: Client) -> None:
    assert Session.objects.exists()
    desk.get("/exit/")
    assert not Session.objects.exists()


def test_the_way_out_is_open_when_the_database_is_not(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(session: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("django.contrib.sessions.backends.db.SessionStore.flush", refuse)
    assert desk.get("/exit/").status_code == 302


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch"}, {"Sec-Fetch-Dest": "image"}])
def test_a_browser_that_only_peeks_loses_nothing(desk: Client, headers: dict[str, str]) -> None:
    answer = desk.get("/exit/", headers=headers)
    assert "Clear-Site-Data" not in answer
    assert Session.objects.exists()


@pytest.fixture
def public_page(client: Client) -> str:
    return client.get("/uz/display/").content.decode()


def test_every_public_page_has_a_plain_link_out_and_a_way_to_a_person(public_page: str) -> None:
    assert re.search(r'<a class="exit" id="exit" href="/exit/"', public_page)
    assert 'href="/uz/talk/"' in public_page
    assert 'href="/uz/help/"' in public_page
    assert 'href="#main"' in public_page


def test_a_public_page_carries_no_inline_style_or_script(public_page: str) -> None:
    assert " style=" not in public_page
    assert "<style" not in public_page
    assert re.findall(r"<script(?![^>]*src=)", public_page) == []
    assert re.findall(r'(?:src|href)="(?:https?:)?//', public_page) == []


def test_the_language_switch_keeps_the_page(client: Client) -> None:
    page = client.get("/ru/display/?back=%2Fru%2Fhelp%2F").content.decode()
    for language in ("uz", "uz-cyrl", "ru", "en", "kaa"):
        assert f'href="/{language}/display/?back=%2Fru%2Fhelp%2F"' in page
