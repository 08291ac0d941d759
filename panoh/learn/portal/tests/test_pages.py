from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from panoh.learn.portal.services import import_content

from .conftest import write_page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def published(folder: Path) -> None:
    import_content(folder)


def said(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def test_the_front_page_leads_to_a_person_and_to_every_audience_that_has_pages(client: Client) -> None:
    page = said(client, "/uz/")
    for address in ("/uz/talk/", "/uz/report/", "/uz/help/", "/uz/for/children/"):
        assert f'href="{address}"' in page
    assert "/uz/for/industry/" not in page


def test_a_page_is_read_in_its_language_and_script(client: Client) -> None:
    assert "Sahifa second" in said(client, "/uz/guide/second/")
    assert "Саҳифа second" in said(client, "/uz-cyrl/guide/second/")
    assert 'href="/uz-cyrl/guide/second/"' in said(client, "/uz-cyrl/guide/first/")


def test_a_page_about_trouble_is_kept_nowhere_and_its_tab_says_nothing(client: Client) -> None:
    response = client.get("/uz/guide/first/")
    assert "no-store" in response["Cache-Control"]
    assert "X-Panoh-Cache" not in response
    assert "first" not in response.content.decode().partition("<title>")[2].partition("</title>")[0]


def test_another_page_may_be_kept_by_the_front(client: Client) -> None:
    assert client.get("/uz/guide/second/")["X-Panoh-Cache"] == "300"
    assert "X-Panoh-Cache" not in client.get("/uz/for/children/?age=9-12")


def test_the_easy_twin_opens_by_its_switch_and_by_the_display(client: Client) -> None:
    assert "Qisqa gap." not in said(client, "/uz/guide/first/")
    assert "Qisqa gap." in said(client, "/uz/guide/first/?reading=easy")
    client.cookies["view"] = "uz.easy"
    assert "Qisqa gap." in said(client, "/uz/guide/first/")
    assert "Qisqa gap." not in said(client, "/uz/guide/first/?reading=full")


def test_an_age_narrows_the_children_s_pages(client: Client) -> None:
    page = said(client, "/uz/for/children/?age=9-12")
    assert "/uz/guide/first/" in page
    assert "/uz/guide/second/" not in page
    assert "/uz/guide/second/" in said(client, "/uz/for/children/?age=nonsense")


def test_a_page_that_another_language_has_is_offered_there(client: Client) -> None:
    page = said(client, "/kaa/guide/second/", 404)
    assert 'href="/uz/guide/second/"' in page
    assert 'href="/ru/guide/second/"' in page
    assert "Sahifa second" not in page


@pytest.mark.parametrize("path", ["guide/none/", "for/nobody/", "tools/none/", "checklists/none/", "about/none/"])
def test_what_is_nowhere_is_a_calm_404(client: Client, path: str) -> None:
    said(client, f"/uz/{path}", 404)


@pytest.mark.parametrize("path", ["questions/", "tools/", "glossary/", "laws/", "checklists/", "search/"])
def test_a_list_with_nothing_in_it_says_so(client: Client, path: str) -> None:
    said(client, f"/uz/{path}")


def test_in_production_a_child_reads_only_what_a_person_has_reviewed(
    client: Client, folder: Path, settings: Settings
) -> None:
    settings.PRODUCTION = True
    write_page(folder, "ru", "second", by="Malika Yusupova", on="2026-11-01")
    import_content(folder)
    from panoh.learn.portal import queries

    assert [sheet.code for sheet in queries.hub("ru", "children")] == ["second"]
    assert queries.hub("uz", "children") == []
    assert queries.languages_of("second") == ["ru"]


@pytest.mark.parametrize("spelling", ["soʻz muhim", "so'z", "СЎЗ", "söz"])
def test_the_search_finds_a_page_in_any_spelling(client: Client, spelling: str) -> None:
    page = said(client, f"/uz/search/?q={spelling}")
    assert "/uz/guide/second/" in page


def test_what_was_looked_for_is_kept_nowhere(client: Client) -> None:
    response = client.get("/uz/search/?q=second")
    assert "no-store" in response["Cache-Control"]
    assert b'value="second"' in response.content
    assert b"noindex" in response.content


def test_a_question_that_is_markup_is_shown_as_text(client: Client) -> None:
    assert "<script>x" not in said(client, "/uz/search/?q=<script>x</script>")


@pytest.mark.parametrize(("path", "most"), [("", 2), ("guide/second/", 2), ("for/children/", 2), ("questions/", 1)])
def test_a_page_takes_few_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries, path: str, most: int
) -> None:
    with django_assert_max_num_queries(most + 8):  # the first since the publishing reads the list of each kind
        said(client, f"/uz/{path}")
    with django_assert_max_num_queries(most):
        said(client, f"/uz/{path}")
