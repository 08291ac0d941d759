import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from hypothesis import given
from hypothesis import strategies as some
from pytest_django import Settings
from qrcode import QRCode

from panoh.learn.portal import codes
from panoh.learn.portal.moved import moved
from panoh.learn.portal.services import import_content

pytestmark = pytest.mark.django_db
RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


@pytest.fixture
def published(folder: Path) -> None:
    import_content(folder)


@given(some.text("abcdefghij-/", min_size=1, max_size=60))
def test_the_drawing_is_the_code_and_nothing_else(rest: str) -> None:
    address = f"https://example.uz/uz/{rest}"
    side, path = codes.qr_path(address)
    expected = QRCode(error_correction=0, border=4)
    expected.add_data(address)
    drawn = {(int(x) + step, int(y)) for x, y, length, _ in RUN.findall(path) for step in range(int(length))}
    assert drawn == {(x, y) for y, row in enumerate(expected.get_matrix()) for x, dark in enumerate(row) if dark}
    assert side == len(expected.get_matrix())


@pytest.mark.usefixtures("published")
def test_a_poster_has_the_steps_the_address_and_its_code(client: Client) -> None:
    page = client.get("/ru/poster/second/").content.decode()
    address = f"{django_settings.PUBLIC_URL}/ru/guide/second/"
    assert "Toʻxtang." in page
    assert page.count(address) >= 2
    assert codes.qr_path(address)[1] in page
    assert " style=" not in page


@pytest.mark.usefixtures("published")
def test_a_poster_of_a_page_about_trouble_is_as_quiet_as_the_page(client: Client) -> None:
    answer = client.get("/uz/poster/first/")
    assert "no-store" in answer["Cache-Control"]
    assert "first" not in answer.content.decode().partition("<title>")[2].partition("</title>")[0]
    assert client.get("/uz/poster/none/").status_code == 404


@pytest.mark.usefixtures("published")
def test_a_printed_page_says_where_it_stands(client: Client) -> None:
    page = client.get("/uz/guide/second/?reading=full").content.decode()
    assert f'<p class="print-only">{django_settings.PUBLIC_URL}/uz/guide/second/</p>' in page


@pytest.mark.usefixtures("published")
def test_a_poster_that_this_language_lacks_leads_to_those_that_have_it(client: Client) -> None:
    response = client.get("/kaa/poster/second/")
    page = response.content.decode()
    assert response.status_code == 404
    assert 'class="tile" href="/ru/poster/second/"' in page
    assert 'action="/kaa/search/"' in page


@pytest.mark.usefixtures("published")
def test_a_poster_of_a_renamed_page_is_found_under_its_old_name(
    client: Client, folder: Path, settings: Settings
) -> None:
    settings.CONTENT_DIR = folder
    (folder / "portal" / "moved.toml").write_text('[guide]\nold = "second"\n')
    moved.cache_clear()
    answer = client.get("/ru/poster/old/")
    assert (answer.status_code, answer["Location"]) == (301, "/ru/poster/second/")
