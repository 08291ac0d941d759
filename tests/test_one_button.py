"""The playroom with one button, without moving pictures, and read aloud by the device: in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import Browsers
from tests.test_aloud import HERE, PLAY, VOICES

pytestmark = pytest.mark.browser
SCENE = "/uz/play/stories/the-shining-message/steppe/"
LIT = "document.querySelector('.scanned')"
# Everything that turns by itself is turned by hand here: no test waits for seconds.
CLOCK = """
window.turns = [];
window.setInterval = (turn, ms) => { window.turns.push({ turn, ms }); return window.turns.length; };
window.clearInterval = (n) => { if (n) window.turns[n - 1].over = true; };
window.tick = () => window.turns.filter((one) => !one.over).forEach((one) => one.turn());
window.pace = () => window.turns.filter((one) => !one.over).map((one) => one.ms);
"""

NAME = "one.id || one.textContent.trim()"
CONTROLS = f"""[...document.querySelectorAll("main :is(a[href], button, summary)")]
  .filter((one) => one.getClientRects().length && !("scanBegin" in one.dataset)).map((one) => {NAME})"""
MOVING = """[...document.querySelectorAll("main *")].map(getComputedStyle)
  .filter((one) => one.animationName !== "none" || parseFloat(one.transitionDuration) > 0).length"""


def scanning(browsers: Browsers, path: str = SCENE + "#scan") -> Page:
    page = browsers.phone()
    page.add_init_script(CLOCK)
    page.goto(path)
    expect(page.locator(".scanned")).to_have_count(1)
    return page


def lit(page: Page) -> str:
    return str(page.evaluate(f"{LIT}?.textContent.trim() ?? ''"))


def wait_for_light(page: Page, words: str) -> None:
    """Turn by turn until the control with these words is lit; never longer than once around."""
    for _ in range(60):
        if words in lit(page):
            return
        page.evaluate("tick()")
    raise AssertionError(f"{words!r} is never lit")


def test_a_story_is_played_to_an_ending_with_the_space_bar_alone(browsers: Browsers) -> None:
    page = scanning(browsers)
    for words in ("Toshbaqa bobodan", "Ona saygʻoqqa aytamiz"):
        wait_for_light(page, words)
        page.keyboard.press("Space")
        expect(page.locator(".scanned")).to_have_count(1)
        assert page.url.endswith("#scan")
    expect(page.locator(".remember")).to_be_visible()


def test_every_control_is_lit_in_turn_and_the_way_out_and_to_a_person_too(browsers: Browsers) -> None:
    page = scanning(browsers)
    seen = set()
    for _ in range(60):
        seen.add(page.evaluate(f"{LIT}.id || {LIT}.textContent.trim()"))
        page.evaluate("tick()")
    every = page.evaluate(CONTROLS)
    assert set(every) <= seen
    assert "exit" in seen


def test_a_tap_anywhere_presses_what_is_lit(browsers: Browsers) -> None:
    page = scanning(browsers)
    wait_for_light(page, "Xabarni ochamiz")
    page.locator(".told").click()
    page.wait_for_url("**/message/#scan")


def test_it_is_begun_and_ended_by_keyboard_and_slowed_and_stored_nowhere(browsers: Browsers) -> None:
    page = browsers.phone()
    page.add_init_script(CLOCK)
    page.goto(SCENE)
    assert lit(page) == ""
    page.locator("[data-scan-begin]").press("Enter")
    expect(page.locator(".scanned")).to_have_count(1)
    assert page.evaluate("pace()") == [3000]
    page.locator("[data-scan-pace]").click()
    assert page.evaluate("pace()") == [5000]
    assert page.url.endswith("#scan5")
    page.keyboard.press("Escape")
    expect(page.locator(".scanned")).to_have_count(0)
    assert "#" not in page.url
    expect(page.locator("[data-scan-begin]")).to_be_focused()
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    assert page.context.cookies() == []


def test_with_tab_and_enter_alone_a_quiz_is_answered_to_its_reason(browsers: Browsers) -> None:
    page = browsers.phone()
    page.goto("/ru/play/quizzes/safe-or-not/1/")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == "?a=ask":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/?a=ask")
    expect(page.locator("[role=status].card")).to_be_visible()


def test_nothing_moves_for_who_asked_for_less_motion(browsers: Browsers) -> None:
    page = browsers.phone(reduced_motion="reduce")
    page.goto(SCENE + "#scan")
    assert page.evaluate("document.getAnimations().length") == 0
    assert page.evaluate(MOVING) == 0
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"


def test_a_scene_and_its_choices_are_read_by_the_device(browsers: Browsers) -> None:
    page = browsers.phone()
    page.add_init_script(VOICES)
    page.goto(SCENE)
    page.evaluate(f"find({HERE})")
    page.locator(PLAY).click()
    for _ in range(30):
        if not page.locator(".spoken").count():
            break
        page.evaluate("finish()")
    heard = " ".join(page.evaluate("heard"))
    for words in (page.locator(".told p").inner_text(), "Xabarni ochamiz", "Toshbaqa bobodan"):
        assert " ".join(words.split()) in heard
