"""The frames in a real browser: leaving at once, and what axe says of every component."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from panoh.ground.ui import views

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HARMLESS = "/health/"


@pytest.fixture
def site(live_server: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a running centre whose harmless page is near."""
    monkeypatch.setattr(views, "centre", lambda *path, default="": live_server.url + HARMLESS)
    return str(live_server.url)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def test_shift_three_times_leaves_and_the_page_is_not_in_the_history(site: str, page: Page) -> None:
    page.goto(site + "/en/display/")
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url("**" + HARMLESS)
    page.go_back()
    assert page.url == "about:blank"


def test_what_is_typed_and_not_sent_does_not_hold_up_the_way_out(site: str, page: Page) -> None:
    page.route("**/live/**", lambda route: route.abort())  # no open line here: the page waits for one
    page.goto(site + "/en/talk/")
    page.locator("button[value=child]").click()
    page.locator("button[value=no]").click()
    page.locator("#text").press_sequentially("he is here")
    page.locator("#exit").click()
    page.wait_for_url("**" + HARMLESS, timeout=5000)


def test_writing_capital_letters_does_not_leave(site: str, page: Page) -> None:
    page.goto(site + "/en/gallery/")
    page.get_by_label("What happened?").fill("")
    page.get_by_label("What happened?").press_sequentially("HE IS AT THE DOOR")
    page.wait_for_timeout(200)
    assert page.url.endswith("/en/gallery/")


def test_one_press_covers_the_page_before_anything_answers(site: str, page: Page) -> None:
    page.goto(site + "/en/display/")
    covered, title = page.evaluate(
        """() => {
            document.querySelector("#exit").click();
            const cover = document.querySelector(".cover").getBoundingClientRect();
            return [cover.width >= innerWidth && cover.height >= innerHeight, document.title];
        }"""
    )
    assert covered
    assert title.strip() == ""


def test_without_javascript_the_way_out_is_a_link(site: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "/en/display/")
    page.locator("a#exit").click()
    page.wait_for_url("**" + HARMLESS)
    context.close()


def test_a_choice_shows_at_once_and_stays(site: str, page: Page) -> None:
    page.goto(site + "/en/display/")
    page.get_by_label("Dark", exact=True).check()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(lambda address: "/display/" not in address)
    page.goto(site + "/en/gallery/")
    assert page.locator("html").get_attribute("data-theme") == "dark"


@pytest.mark.parametrize("theme", ["light", "dark", "dark.more", "larger.wide"])
@pytest.mark.parametrize("path", ["/en/gallery/?errors", "/en/gallery/?desk&errors", "/ru/nowhere/", "/desk/../nope/"])
def test_axe_finds_nothing(site: str, chromium: Browser, path: str, theme: str) -> None:
    context = chromium.new_context(bypass_csp=True, viewport={"width": 360, "height": 760})
    context.add_cookies([{"name": "view", "value": theme, "url": site}])
    page = context.new_page()
    page.goto(site + path)
    found = Axe().run(page).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []
    assert wide <= 360
