"""A pack saved on a device: only by a press, read without a line, gone by a press."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browsing import Browsers

pytestmark = pytest.mark.browser
CACHES = "() => caches.keys()"
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).length"


def kept(page: Page) -> tuple[list[str], int]:
    """The names of what this browser keeps of us, and how many workers it has."""
    return list(page.evaluate(CACHES)), int(page.evaluate(WORKERS))


def test_a_pack_is_saved_read_without_a_line_and_deleted(browsers: Browsers) -> None:
    page = browsers.phone()
    page.goto("/uz/guide/money-tricks/")
    page.goto("/uz/offline/")
    row = page.locator("[data-pack=family]")
    assert kept(page) == ([], 0)

    row.locator("[data-save]").click()
    row.locator("[data-delete]").wait_for(state="visible")
    names, workers = kept(page)
    assert workers == 1
    assert [name.rpartition("-")[0] for name in names] == ["reading-uz-Latn-family"]

    page.context.set_offline(True)
    page.goto("/uz/offline/family/")
    assert page.locator("article").count() > 5
    page.goto("/uz/offline/")
    row.locator("[data-delete]").click()
    row.locator("[data-save]").wait_for(state="visible")
    page.context.set_offline(False)
    assert kept(page) == ([], 0)


def test_no_browser_complains_of_what_machines_read(browsers: Browsers) -> None:
    page, said = browsers.phone(), []
    page.on("console", lambda message: said.append(message.text))
    page.goto("/uz/guide/money-tricks/")
    assert page.locator('script[type="application/ld+json"]').count() == 1
    assert not [text for text in said if "Content Security Policy" in text]


def test_a_pack_as_one_file_has_no_fault_and_asks_for_nothing(browsers: Browsers) -> None:
    """What stands on a stick is read without us: one file, with nothing in it that leads to a server for a look."""
    page = browsers.device(bypass_csp=True)
    page.goto("/uz/offline/")
    answer = page.request.get("/uz/offline/family.html")
    assert answer.status == 200
    page.set_content(answer.text())
    assert Axe().run(page).response["violations"] == []
    assert page.locator("link[rel=stylesheet], script[src], img[src^=http]").count() == 0
