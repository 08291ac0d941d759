from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from panoh.learn.portal import othernames
from panoh.learn.portal.moved import faults, moved
from panoh.learn.portal.services import import_content

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(folder: Path, settings: Settings) -> None:
    settings.CONTENT_DIR = folder
    import_content(folder)


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("/oz/guide/second/", "/uz/guide/second/"),
        ("/UZ/", "/uz/"),
        ("/uz_Cyrl/guide/second/?reading=easy", "/uz-cyrl/guide/second/?reading=easy"),
        ("/kaa-Latn/help/", "/kaa/help/"),
        ("/rus/", "/ru/"),
    ],
)
def test_a_language_under_another_name_leads_to_the_same_page(client: Client, asked: str, there: str) -> None:
    answer = client.get(asked)
    assert (answer.status_code, answer["Location"]) == (302, there)


def test_a_language_we_do_not_have_is_a_calm_page_with_search_in_the_reader_s_own(client: Client) -> None:
    answer = client.get("/xx/guide/second/", headers={"Accept-Language": "ru"})
    assert answer.status_code == 404
    page = answer.content.decode()
    assert '<html lang="ru"' in page
    assert 'action="/ru/search/"' in page


@pytest.mark.parametrize("path", ["/uz/guide/second.html", "/uz/guide/", "/uz/guide/%00/", "/uz/nothing/at/all/"])
def test_a_broken_deep_link_offers_search_and_a_person(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    page = answer.content.decode()
    assert 'action="/uz/search/"' in page
    assert 'href="/uz/talk/"' in page


def test_an_address_without_its_last_stroke_still_arrives(client: Client) -> None:
    assert client.get("/uz/guide/second")["Location"] == "/uz/guide/second/"


def test_a_name_of_ours_is_no_other_name() -> None:
    assert [othernames.ours(code) for code in othernames.LANGUAGES] == [""] * 5
    assert othernames.ours("desk") == ""


def test_a_renamed_page_is_found_under_its_old_name(client: Client, folder: Path) -> None:
    (folder / "portal" / "moved.toml").write_text('[guide]\nolder = "old"\nold = "second"\n')
    moved.cache_clear()
    answer = client.get("/ru/guide/older/")
    assert (answer.status_code, answer["Location"]) == (301, "/ru/guide/second/")
    assert client.get("/ru/guide/none/").status_code == 404


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('first = "second"', "first still stands"),
        ('old = "nowhere"', "old leads to nothing"),
        ('a = "b"\nb = "a"', "a leads to nothing"),
        ("old = ", "portal/moved.toml: "),
    ],
)
def test_a_table_that_leads_nowhere_is_a_fault(folder: Path, table: str, said: str) -> None:
    (folder / "portal" / "moved.toml").write_text(f"[guide]\n{table}\n")
    assert any(said in fault for fault in faults(folder, {"first", "second"}))
