"""News, alerts, campaigns, opportunities and resources: from the file to the street, and away again by the calendar."""

from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from panoh.learn.portal import queries
from panoh.learn.portal.models import Sheet
from panoh.learn.portal.queries import posts
from panoh.learn.portal.services import import_content
from panoh.learn.portal.tree import Tree

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
FRONTS = {
    "news": "",
    "alerts": 'now = ["Toʻxtang."]\n',
    "campaigns": 'steps = ["Bir."]\nmaterials = ["Varaq."]\nsession = ["Oʻyin."]\nchecklist = ["Boʻldi."]\n',
    "opportunities": 'now = ["Boshla."]\n',
    "resources": 'materials = ["Qalam."]\nsteps = ["Oching."]\n',
}
TODAY = timezone.localdate()


def write_post(folder: Path, plural: str, slug: str, *, index: str = "", front: str = "", title: str = "") -> None:
    """A post in three languages, and its row."""
    with open(folder / "portal" / "posts.toml", "a", encoding="utf-8") as rows:
        rows.write(f'\n[[{plural}]]\nslug = "{slug}"\n{index}\n')
    for language in ("uz", "ru", "en"):
        path = folder / language / plural / f"{slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        title_here = title or f"Sarlavha {slug}"
        told = f'title = "{title_here}"\nsummary = "Qisqa mazmun"\n{FRONTS[plural]}{front}'
        path.write_text(f"+++\n{told}+++\n\nMatn [bu](door:talk).\n", encoding="utf-8")


def alert(
    folder: Path, slug: str, *, first: int, last: int, audiences: str = '"parents"', severity: str = "high"
) -> None:
    days = f'date = "{TODAY + timedelta(days=first)}"\nvalid_to = "{TODAY + timedelta(days=last)}"\n'
    write_post(folder, "alerts", slug, index=f'{days}severity = "{severity}"\naudiences = [{audiences}]')


def said(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def on_day(days: int) -> AbstractContextManager[Any]:
    """The same centre some days later (or before)."""
    return patch("django.utils.timezone.now", return_value=timezone.now() + timedelta(days=days))


def test_a_news_post_is_read_in_every_script_with_its_correction_on_top(client: Client, folder: Path) -> None:
    facts = f'date = "{TODAY}"\nregion = "UZ-SA"\ncorrected_on = "{TODAY}"'
    write_post(folder, "news", "first-news", index=facts, front='correction = "Kun toʻgʻrilandi."\n')
    import_content(folder)
    page = said(client, "/uz/news/first-news/")
    assert page.index("Kun toʻgʻrilandi.") < page.index("Matn")
    assert "Samarqand" in page
    assert "Кун тўғриланди." in said(client, "/uz-cyrl/news/first-news/")
    assert "/uz/news/first-news/" in said(client, "/uz/")


def test_news_have_an_archive_by_year_and_a_way_to_the_neighbours(client: Client, folder: Path) -> None:
    for slug, day in (("oldest", "2024-05-01"), ("middle", "2025-05-01"), ("newest", "2025-06-01")):
        write_post(folder, "news", slug, index=f'date = "{day}"')
    import_content(folder)
    assert "/uz/news/oldest/" not in said(client, "/uz/news/2025/")
    assert "/uz/news/oldest/" in said(client, "/uz/news/2024/")
    said(client, "/uz/news/2023/", 404)
    assert 'class="tile" href="/ru/news/2024/"' in said(client, "/kaa/news/2024/", 404)
    middle = said(client, "/uz/news/middle/")
    assert 'rel="prev" href="/uz/news/oldest/"' in middle
    assert 'rel="next" href="/uz/news/newest/"' in middle
    assert 'rel="next"' not in said(client, "/uz/news/newest/")


def test_a_news_post_waits_for_its_day_and_goes_after_its_last(client: Client, folder: Path) -> None:
    tomorrow, last = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
    write_post(folder, "news", "soon", index=f'date = "{tomorrow}"\nexpires = "{last}"')
    import_content(folder)
    said(client, "/uz/news/soon/", 404)
    with on_day(2):
        assert "/uz/news/soon/" in said(client, "/uz/news/")
    with on_day(3):
        said(client, "/uz/news/soon/", 404)
        assert "/uz/news/soon/" not in said(client, "/uz/news/")


def test_the_feed_is_atom_in_its_language_with_whole_addresses(
    client: Client, folder: Path, settings: Settings
) -> None:
    settings.PUBLIC_URL = "https://centre.example"
    write_post(folder, "news", "fed", index=f'date = "{TODAY}"', title="Yangi & <yaxshi>")
    import_content(folder)
    response = client.get("/uz/news/feed.xml")
    assert response["Content-Type"].startswith("application/atom+xml")
    tree = ElementTree.fromstring(response.content)  # noqa: S314 (our own)
    entry = tree.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "Yangi & <yaxshi>"
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.attrib["href"] == "https://centre.example/uz/news/fed/"
    assert tree.attrib["{http://www.w3.org/XML/1998/namespace}lang"].startswith("uz")


def test_an_alert_stands_on_the_front_page_and_with_its_readers_while_it_holds(client: Client, folder: Path) -> None:
    alert(folder, "trick", first=-1, last=1, audiences='"children", "parents"')
    import_content(folder)
    assert "/uz/alerts/trick/" in said(client, "/uz/")
    assert "/uz/alerts/trick/" in said(client, "/uz/for/children/")
    assert "Toʻxtang." in said(client, "/uz/alerts/trick/")
    assert [one.code for one in posts.alerts("uz", "industry")] == []


def test_an_alert_is_gone_by_itself_the_day_after_from_pages_search_and_cache(client: Client, folder: Path) -> None:
    alert(folder, "trick", first=-1, last=0)
    import_content(folder)
    before = queries.edition()
    assert "/uz/alerts/trick/" in said(client, "/uz/search/?q=trick")
    with on_day(1):
        assert queries.edition() != before
        assert "/uz/alerts/trick/" not in said(client, "/uz/")
        assert "/uz/alerts/trick/" not in said(client, "/uz/search/?q=trick")
        said(client, "/uz/alerts/trick/", 404)


def test_the_gravest_alert_stands_first(folder: Path) -> None:
    alert(folder, "small", first=0, last=1, severity="low")
    alert(folder, "grave", first=0, last=1, severity="high")
    import_content(folder)
    assert [one.code for one in posts.alerts("uz")] == ["grave", "small"]


def test_publishing_is_another_edition_so_that_no_kept_page_is_shown_again(folder: Path) -> None:
    import_content(folder)
    before = queries.edition()
    write_post(folder, "news", "fresh", index=f'date = "{TODAY}"')
    import_content(folder)
    assert queries.edition() != before


def test_in_production_a_child_reads_no_alert_or_idea_that_nobody_reviewed(
    client: Client, folder: Path, settings: Settings
) -> None:
    settings.PRODUCTION = True
    alert(folder, "for-children", first=0, last=1, audiences='"children"')
    alert(folder, "for-parents", first=0, last=1)
    write_post(folder, "opportunities", "idea", index='about = "music"\nages = ["9-12"]')
    reviewed = 'reviewed_by = "Malika Yusupova"\nreviewed_on = "2026-11-01"\n'
    write_post(folder, "opportunities", "read-idea", index='about = "music"\nages = ["9-12"]', front=reviewed)
    import_content(folder)
    assert [one.code for one in posts.alerts("uz")] == ["for-parents"]
    assert [one.code for one in posts.opportunities("uz")] == ["read-idea"]
    assert Sheet.objects.get(code="idea", language="uz").audience == "children"


def test_ideas_are_chosen_by_age_and_materials_by_kind(client: Client, folder: Path) -> None:
    write_post(folder, "opportunities", "small-idea", index='about = "music"\nages = ["under-9"]')
    write_post(folder, "opportunities", "big-idea", index='about = "coding"\nages = ["13-17"]')
    facts = 'ages = ["9-12"]\nminutes = 20\ngroup = "2–6"\nlicence = "CC BY 4.0"'
    write_post(folder, "resources", "a-game", index=f'kind = "card-game"\n{facts}')
    write_post(folder, "resources", "a-lesson", index=f'kind = "lesson"\n{facts}')
    import_content(folder)
    page = said(client, "/uz/opportunities/?age=under-9")
    assert "small-idea" in page
    assert "big-idea" not in page
    page = said(client, "/uz/resources/?kind=lesson")
    assert "/uz/resources/a-lesson/" in page
    assert "/uz/resources/a-game/" not in page
    page = said(client, "/uz/resources/a-game/")
    assert "CC BY 4.0" in page
    assert "2–6" in page


@pytest.mark.parametrize(
    ("plural", "index", "find"),
    [
        ("alerts", 'date = "2026-01-01"\naudiences = []\nseverity = "high"', "a day it is valid to"),
        ("alerts", 'date = "2026-13-01"\nvalid_to = "2027-01-01"', "date must be a day"),
        ("alerts", 'date = "2026-01-01"\nvalid_to = "2027-01-01"\nseverity = "huge"', "there is no severity huge"),
        ("alerts", 'date = "2026-01-01"\nvalid_to = "2027-01-01"\naudiences = ["cats"]', "no audiences cats"),
        ("opportunities", 'about = "shopping"', "there is no about shopping"),
        ("alerts", 'date = "2026-01-01"\nvalid_to = "2027-01-01"\nexpires = "2026-02-01"', "nothing else"),
        ("news", 'date = "2026-02-01"\nexpires = "2026-01-01"', "expires is before date"),
        ("news", 'for = "children"', "only a resource says for whom"),
        ("campaigns", 'starts = "2026-01-01"', "a day it starts and a day it ends"),
        ("resources", 'for = "cats"', "there is no for cats"),
    ],
)
def test_a_fault_in_the_index_names_the_post(folder: Path, plural: str, index: str, find: str) -> None:
    write_post(folder, plural, "wrong", index=index)
    faults = [fault for fault in Tree(folder).faults if "posts.toml: wrong" in fault]
    assert any(find in fault for fault in faults), faults


def test_a_missing_language_a_stray_file_and_an_empty_list_are_faults(folder: Path) -> None:
    write_post(folder, "opportunities", "idea", index='about = "music"')
    (folder / "ru" / "opportunities" / "idea.md").unlink()
    path = folder / "en" / "opportunities" / "idea.md"
    path.write_text(path.read_text().replace('now = ["Boshla."]', "now = []"))
    path.with_name("stray.md").write_text(path.read_text())
    faults = Tree(folder).faults
    assert "ru/opportunities/idea.md: the file is missing" in faults
    assert "en/opportunities/idea.md: now must be a list, one line each" in faults
    assert "en/opportunities/stray.md: portal/posts.toml does not have this name" in faults


def test_a_page_of_posts_takes_few_queries(
    client: Client, folder: Path, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    write_post(folder, "news", "fed", index=f'date = "{TODAY}"')
    alert(folder, "trick", first=0, last=1)
    import_content(folder)
    for path in ("/uz/", "/uz/news/", "/uz/news/fed/", "/uz/alerts/trick/"):
        said(client, path)
        with django_assert_max_num_queries(3):
            said(client, path)
