"""What the page brings so that a device can read it aloud. Whether it has a voice is asked in tests/test_aloud.py."""

import gzip
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from panoh.learn.portal.services import import_content

pytestmark = pytest.mark.django_db
SCRIPT, BUTTON = "portal/aloud.js", '<template id="aloud"'


def said(client: Client, path: str) -> str:
    return client.get(path).content.decode()


@pytest.fixture(autouse=True)
def published(folder: Path) -> None:
    import_content(folder)


@pytest.mark.parametrize("language", ["uz", "ru", "en"])
@pytest.mark.parametrize("page", ["first/", "first/?reading=easy", "second/"])
def test_a_page_and_its_easy_twin_bring_the_button_for_devices_with_a_voice(
    client: Client, language: str, page: str
) -> None:
    shown = said(client, f"/{language}/guide/{page}")
    assert f'{BUTTON} data-language="{language}"' in shown
    assert SCRIPT in shown
    assert "ui/public.js" not in shown, "it stands in the other, so that a page about trouble asks for one script"


def test_without_javascript_the_button_is_only_a_mould(client: Client) -> None:
    before, _, rest = said(client, "/uz/guide/first/").partition(BUTTON)
    mould, _, after = rest.partition("</template>")
    assert "data-play" in mould
    assert "data-play" not in before + after


@pytest.mark.parametrize("path", ["/uz-cyrl/guide/second/", "/uz/", "/uz/for/children/", "/uz/guide/first/thanks/"])
def test_where_nothing_is_read_aloud_nothing_is_fetched_for_it(client: Client, path: str) -> None:
    shown = said(client, path)
    assert SCRIPT not in shown
    assert BUTTON not in shown
    assert "ui/public.js" in shown


def test_the_script_is_small_and_asks_nobody_else() -> None:
    script = Path(str(finders.find(SCRIPT))).read_bytes()
    assert len(gzip.compress(script)) <= 3 * 1024
    assert b"localService" in script
    assert not [word for word in (b"http", b"fetch", b"Storage", b"cookie") if word in script]
