import json
import re
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from panoh.learn.portal import queries
from panoh.learn.portal.services import import_content
from panoh.learn.portal.views import heads

from .conftest import write_page

pytestmark = pytest.mark.django_db
HERE = django_settings.PUBLIC_URL
ALTERNATE = re.compile(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">')
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.S)


@pytest.fixture(autouse=True)
def published(folder: Path) -> None:
    import_content(folder)


def said(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def data_of(page: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(BLOCK.findall(page)[0])
    return found


def test_a_page_names_itself_in_every_language_and_script_it_can_be_read_in(client: Client) -> None:
    page = said(client, "/uz-cyrl/guide/second/")
    assert '<html lang="uz-Cyrl"' in page
    assert f'<link rel="canonical" href="{HERE}/uz-cyrl/guide/second/">' in page
    assert dict(ALTERNATE.findall(page)) == {
        "uz-Latn": f"{HERE}/uz/guide/second/",
        "uz-Cyrl": f"{HERE}/uz-cyrl/guide/second/",
        "ru": f"{HERE}/ru/guide/second/",
        "en": f"{HERE}/en/guide/second/",
        "x-default": f"{HERE}/uz/guide/second/",
    }


def test_what_shows_a_page_elsewhere_gets_its_title_and_no_picture(client: Client) -> None:
    page = said(client, "/ru/guide/second/?reading=full")
    for name, content in (("title", "Sahifa second"), ("type", "article"), ("locale", "ru_RU")):
        assert f'<meta property="og:{name}" content="{content}">' in page
    assert f'<meta property="og:url" content="{HERE}/ru/guide/second/">' in page
    assert "og:image" not in page


def test_a_page_about_trouble_has_none_of_it(client: Client) -> None:
    page = said(client, "/uz/guide/first/")
    assert '<meta name="robots" content="noindex">' in page
    for sign in ("og:", "canonical", "ld+json", 'rel="alternate"'):
        assert sign not in page


def test_a_page_says_what_it_is_in_words_that_machines_know(client: Client) -> None:
    told = data_of(said(client, "/en/guide/second/"))
    assert (told["@type"], told["inLanguage"], told["headline"]) == ("Article", "en", "Sahifa second")
    assert told["audience"] == {
        "@type": "PeopleAudience", "audienceType": "children and teenagers",
        "suggestedMinAge": 13, "suggestedMaxAge": 17,
    }  # fmt: skip


def test_no_title_can_end_the_block_it_stands_in(client: Client, folder: Path) -> None:
    path = folder / "uz" / "guidance" / "second.md"
    path.write_text(path.read_text().replace("Sahifa second", "</script><script>a&b"))
    import_content(folder)
    page = said(client, "/uz/guide/second/")
    assert data_of(page)["headline"] == "</script><script>a&b"
    assert "<script>a" not in page


def test_in_production_a_page_names_only_languages_in_which_a_child_may_read_it(
    folder: Path, settings: Settings
) -> None:
    settings.PRODUCTION = True
    write_page(folder, "ru", "second", by="Malika Yusupova", on="2026-11-01")
    import_content(folder)
    readable = queries.languages_with(queries.edition(), "guidance", "second")
    address = f"{HERE}/ru/guide/second/"
    assert heads.alternates("/ru/guide/second/", readable) == [("ru", address), ("x-default", address)]


def test_a_browser_is_allowed_to_keep_the_block_without_running_it(client: Client) -> None:
    policy = client.get("/uz/guide/second/")["Content-Security-Policy"]
    assert "script-src 'self';" in f"{policy};"


def test_the_head_costs_no_query(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for path, most in (("", 1), ("guide/second/", 1), ("for/children/", 2), ("questions/", 1)):
        said(client, f"/uz/{path}")
        with django_assert_max_num_queries(most):
            said(client, f"/uz/{path}")


def addresses(client: Client, path: str) -> list[str]:
    tree = ElementTree.fromstring(client.get(path).content)  # noqa: S314 (our own answer)
    return [str(one.text) for one in tree.iter() if one.tag.endswith("}loc")]


def test_the_map_of_the_site_leads_to_every_page_but_those_about_trouble(client: Client) -> None:
    maps = addresses(client, "/sitemap.xml")
    assert f"{HERE}/sitemap-uz-cyrl.xml" in maps
    held = [one for name in maps for one in addresses(client, name.removeprefix(HERE))]
    assert f"{HERE}/uz-cyrl/guide/second/" in held
    assert f"{HERE}/uz/for/children/" in held
    assert f"{HERE}/kaa/" in held
    assert not [one for one in held if "first" in one or "/talk/" in one or "/help/" in one or "/search/" in one]
    assert f"{HERE}/uz/questions/" not in held  # nothing stands there yet


def test_every_place_of_the_map_names_its_other_languages(client: Client) -> None:
    page = client.get("/sitemap-ru.xml").content.decode()
    row = next(line for line in page.splitlines() if f"<loc>{HERE}/ru/guide/second/</loc>" in line)
    assert f'hreflang="uz-Cyrl" href="{HERE}/uz-cyrl/guide/second/"' in row
    assert 'hreflang="x-default"' in row


def test_a_map_of_no_language_is_not_there(client: Client) -> None:
    assert client.get("/sitemap-xx.xml").status_code == 404


def test_a_search_engine_stays_out_of_a_demo_and_off_the_desk(client: Client, settings: Settings) -> None:
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()
    settings.PRODUCTION = True
    told = client.get("/robots.txt").content.decode()
    assert "Disallow: /\n" not in told
    assert "Disallow: /desk/\n" in told
    assert f"Sitemap: {HERE}/sitemap.xml" in told
