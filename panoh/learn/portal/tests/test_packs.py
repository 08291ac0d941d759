import io
import zipfile
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from panoh.ground.common import centre as centre_module
from panoh.learn.portal.services import import_content

pytestmark = pytest.mark.django_db
PACKS = """
[[packs]]
code = "young"
file = "2"
audiences = ["children"]
ages = ["9-12", "13-17"]
kinds = ["guidance"]

[[packs]]
code = "family"
file = "3"
audiences = ["parents"]
kinds = ["guidance"]
"""


@pytest.fixture(autouse=True)
def published(folder: Path, settings: Settings, tmp_path: Path) -> None:
    (folder / "portal" / "packs.toml").write_text(PACKS)
    settings.CONTENT_DIR, settings.DATA_DIR = folder, tmp_path / "data"
    import_content(folder)


def fetched(client: Client, form: str) -> bytes:
    response = client.get(f"/uz/offline/young.{form}")
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="reading-2-uz.{form}"'
    return response.content


def test_packs_are_listed_with_their_real_size_and_empty_ones_are_not(client: Client, settings: Settings) -> None:
    page = client.get("/uz/offline/").content.decode()
    (made,) = Path(settings.DATA_DIR, "packs").glob("uz-young-*.html")
    assert f"({max(1, round(made.stat().st_size / 1024))} KB)" in page
    assert 'data-pack="young"' in page
    assert 'data-pack="family"' not in page


def test_a_page_about_trouble_is_in_no_pack(client: Client) -> None:
    for answer in (client.get("/uz/offline/young/").content, fetched(client, "html")):
        assert b"Sahifa second" in answer
        assert b"first" not in answer
    with zipfile.ZipFile(io.BytesIO(fetched(client, "zip"))) as archive:
        assert archive.namelist() == ["index.html", "second.html", "licence.txt"]


def test_the_one_file_needs_nothing_else_and_leads_out_to_the_site_only(client: Client) -> None:
    book = fetched(client, "html").decode()
    assert "<script" not in book
    assert "<link" not in book
    assert 'src="' not in book
    assert f'href="{django_settings.PUBLIC_URL}/' not in book or "/uz/guide/second/" not in book
    assert 'href="#second"' in book
    assert 'href="/' not in book


def test_a_pack_is_made_once_an_edition_and_the_old_one_goes(client: Client, folder: Path, settings: Settings) -> None:
    first = fetched(client, "html")
    held = Path(settings.DATA_DIR, "packs")
    (before,) = held.glob("uz-young-*.html")
    assert fetched(client, "html") == first
    path = folder / "uz" / "guidance" / "second.md"
    path.write_text(path.read_text().replace("Matn", "Yangi matn"))
    import_content(folder)
    assert b"Yangi matn" in fetched(client, "html")
    (after,) = held.glob("uz-young-*.html")
    assert after != before


def test_a_file_that_lies_there_costs_two_queries(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    fetched(client, "zip")
    with django_assert_max_num_queries(2):
        fetched(client, "zip")


@pytest.mark.parametrize("path", ["none/", "none.html", "young.exe", "family/", "family.zip"])
def test_what_there_is_not_is_a_calm_404(client: Client, path: str) -> None:
    assert client.get(f"/uz/offline/{path}").status_code == 404


def test_a_pack_is_made_in_the_reader_s_script(client: Client) -> None:
    assert "Саҳифа second" in client.get("/uz-cyrl/offline/young.html").content.decode()
    assert "Саҳифа second" in client.get("/uz-cyrl/offline/young/").content.decode()


def test_nothing_is_saved_before_somebody_presses(client: Client) -> None:
    for path in ("/uz/", "/uz/guide/second/", "/uz/offline/young/"):
        assert "offline.js" not in client.get(path).content.decode()
    worker = client.get("/uz/offline/worker.js")
    assert worker["Content-Type"] == "text/javascript"
    assert worker["Cache-Control"] == "no-cache"
    assert b"cache.put" not in worker.content
    assert b"addAll" not in worker.content
    assert "Service-Worker-Allowed" not in worker  # it reaches no page outside /uz/offline/


def test_the_centre_can_take_everything_back(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert b"data-save>" in client.get("/uz/offline/").content
    held = centre_module.centre_file("centre.toml")
    monkeypatch.setitem(held, "offline", {"saving": False})
    page = client.get("/uz/offline/").content
    assert b"data-save>" not in page
    assert b"data-off" in page
    worker = client.get("/uz/offline/worker.js").content
    assert b"registration.unregister()" in worker
    assert b"caches.delete" in worker


@pytest.mark.parametrize("path", ["young/", "young.html", "young.zip"])
def test_a_pack_that_this_language_lacks_leads_to_those_that_have_it(client: Client, path: str) -> None:
    response = client.get(f"/kaa/offline/{path}")
    page = response.content.decode()
    assert response.status_code == 404
    assert [one for one in ("uz", "uz-cyrl", "ru", "en", "kaa") if f'href="/{one}/offline/{path}"' in tiles(page)] == [
        "uz", "uz-cyrl", "ru", "en",
    ]  # fmt: skip
    assert 'action="/kaa/search/"' in page
    assert "no-store" in response["Cache-Control"]


def tiles(page: str) -> str:
    return page[page.index('class="tiles"') :]
