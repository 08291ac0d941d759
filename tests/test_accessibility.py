"""Every page for every eye and every hand: axe, reflow at 320 px, letters of twice the size, and the keyboard alone.

Each template is seen once in the normal run, over an array in which every language meets every way of display; the
whole product is seen by ``make proof``.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browsing import COUNSELLOR, PHONE, WIDE, Browsers, Centre, answer, chromium_path, sees, three_taps, write
from tests.pages import LOOKS, NOT_ALONE, Look, Maker, Things, templates

pytestmark = pytest.mark.browser
LANGUAGES = ["uz", "uz-cyrl", "ru", "en", "kaa"]
REFUSALS = (
    "ui/sorry",
    "accounts/invitation_ended.html",
    "portal/elsewhere.html",
    "academy/elsewhere.html",
    "exchange/refused.html",
    "accounts/learners/over.html",
    "certificates/ask.html missed",
)  # pages that say what there is not
MODES = {"plain": "light", "large": "larger.wide", "contrast": "more", "dark": "dark", "low": "low.easy"}
COVERING = [
    (look, LANGUAGES[place % 5], list(MODES)[(place // 5) % 5], (PHONE, WIDE)[place % 2])
    for place, look in enumerate(LOOKS)
]
PRODUCT = [
    (look, language, mode, (PHONE, WIDE)[(place + turn) % 2])
    for place, look in enumerate(LOOKS)
    for turn, (language, mode) in enumerate((language, mode) for language in LANGUAGES for mode in MODES)
]


@pytest.fixture(scope="module")
def maker(centre: Centre) -> Maker:
    return Maker(centre)


@pytest.fixture(scope="module")
def things(maker: Maker) -> Things:
    return maker.make()


class Eyes:
    """Devices that stay signed in while all pages are looked at."""

    def __init__(self, browsers: Browsers, maker: Maker, things: Things) -> None:
        self.browsers, self.maker, self.things = browsers, maker, things
        self.pages: dict[str, Page] = {}

    def page_of(self, who: str) -> Page:
        if who not in self.pages:
            in_house = "@" in who
            see = self.browsers
            self.pages[who] = see.desk(who, bypass_csp=True) if in_house else see.device(bypass_csp=True)
        return self.pages[who]

    def see(self, look: Look, language: str, mode: str, viewport: ViewportSize) -> Page:
        """A page as somebody sees it in a language and a mode."""
        page, home = self.page_of(look.who), self.maker.centre.url
        page.set_viewport_size(viewport)
        cookies: list[Any] = [{"name": "view", "value": f"{language}.{MODES[mode]}", "url": home}]
        held = self.maker.cookies(look.who, language)
        cookies += [{"name": name, "value": value, "url": home} for name, value in held.items()]
        page.context.add_cookies(cookies)
        self.maker.centre.query("update accounts_user set language = ?", language)
        if "#" in look.path:
            page.goto("about:blank")  # a mere jump within the page that is open would ask the centre for nothing
        answer = page.goto(look.path.format(lang=language, **self.things))
        assert answer, look
        assert answer.status not in {403, 404} or look.template.startswith(REFUSALS), look
        if look.then:
            look.then(page)
        return page


@pytest.fixture(scope="module")
def eyes(chromium: Browser, centre: Centre, maker: Maker, things: Things) -> Iterator[Eyes]:
    browsers = Browsers(chromium, centre)
    yield Eyes(browsers, maker, things)
    browsers.close()
    assert browsers.strangers == []


@pytest.fixture(scope="module")
def weak_eyes(chromium: Browser, centre: Centre, maker: Maker, things: Things) -> Iterator[Eyes]:
    """A browser in which somebody has set letters of twice the usual size."""
    big = ["--no-sandbox", "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"]
    browser = chromium.browser_type.launch(executable_path=chromium_path(), args=big)
    yield Eyes(Browsers(browser, centre), maker, things)
    browser.close()


def faults(page: Page) -> list[tuple[str, list[Any]]]:
    """What axe finds, as rule and elements."""
    found = Axe().run(page).response["violations"]
    return [(fault["id"], [node["target"] for node in fault["nodes"]][:5]) for fault in found]


def width_needed(page: Page, width: int) -> int:
    """How wide the page becomes in a window of this width."""
    page.set_viewport_size({"width": width, "height": 640})
    return int(page.evaluate("document.documentElement.scrollWidth"))


def test_every_template_is_on_the_list() -> None:
    listed = {look.template.split(" ")[0] for look in LOOKS} - {"emulator"}
    assert listed & NOT_ALONE == set()
    assert listed | NOT_ALONE == templates()


def test_the_array_brings_every_language_together_with_every_mode() -> None:
    assert {(language, mode) for _, language, mode, _ in COVERING} == {
        (one, mode) for one in LANGUAGES for mode in MODES
    }


@pytest.mark.parametrize(("look", "language", "mode", "viewport"), COVERING, ids=str)
def test_a_page_has_no_fault_and_fits_a_small_screen(
    eyes: Eyes, look: Look, language: str, mode: str, viewport: ViewportSize
) -> None:
    page = eyes.see(look, language, mode, viewport)
    assert faults(page) == []
    assert width_needed(page, 320) <= 320
    assert width_needed(page, 640) <= 640


@pytest.mark.parametrize("look", [look for look in LOOKS if not look.then], ids=str)
def test_letters_of_twice_the_size_make_no_page_wider(weak_eyes: Eyes, look: Look) -> None:
    page = weak_eyes.see(look, "ru", "plain", {"width": 1280, "height": 900})
    assert page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") >= 30
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


@pytest.mark.proof
@pytest.mark.parametrize(("look", "language", "mode", "viewport"), PRODUCT, ids=str)
def test_every_page_in_every_language_and_mode_has_no_fault(
    eyes: Eyes, look: Look, language: str, mode: str, viewport: ViewportSize
) -> None:
    page = eyes.see(look, language, mode, viewport)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


# --- the keyboard alone -----------------------------------------------------------------------------------------------


def focus(page: Page) -> dict[str, Any]:
    """Where the keyboard is, and whether an eye can see it."""
    return dict(page.evaluate(
        """() => { const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
        return { tag: at.tagName, id: at.id, name: at.getAttribute('name') || '',
          visible: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
          ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none' };
        }"""
    ))  # fmt: skip


def walk_to(page: Page, selector: str, most: int = 60) -> None:
    """Tab until the element has the focus; on the way the focus is always to be seen."""
    page.wait_for_load_state()  # an element may be there before its stylesheet, and then nothing rings it
    for _ in range(most):
        page.keyboard.press("Tab")
        now = focus(page)
        if now["tag"] != "BODY":
            assert now["ring"], now
            assert now["visible"], now
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


def test_a_talk_is_begun_and_written_with_the_keyboard_alone(browsers: Browsers) -> None:
    page = browsers.device(viewport=WIDE)
    page.goto("/uz/talk/")
    walk_to(page, "button[name=who][value=child]")
    page.keyboard.press("Enter")
    page.locator("button[name=danger]").first.wait_for()
    walk_to(page, "button[name=danger][value=no]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/talk/now/")
    walk_to(page, "#text")
    page.keyboard.type("Tugmalar bilan yozdim")
    walk_to(page, "#composer button")
    page.keyboard.press("Enter")
    sees(page, "Tugmalar bilan yozdim")


def test_a_talk_is_taken_and_answered_with_the_keyboard_alone(browsers: Browsers, centre: Centre) -> None:
    child, counsellor = browsers.phone(), browsers.desk(COUNSELLOR)
    three_taps(child, "uz")
    write(child, "Salom")
    reference = centre.newest_talk()
    counsellor.goto("/desk/queue/")
    walk_to(counsellor, f"#accept-{reference}", 400)
    counsellor.keyboard.press("Enter")
    counsellor.wait_for_url(f"**/desk/talks/{reference}/**")
    walk_to(counsellor, "#say-text")
    counsellor.keyboard.type("Salom, eshitaman")
    counsellor.keyboard.press("Control+Enter")
    sees(child, "Salom, eshitaman")
    counsellor.keyboard.press("Escape")
    counsellor.keyboard.press("q")
    counsellor.wait_for_url("**/desk/queue/")


def test_the_first_stop_of_the_keyboard_leads_past_the_head_of_a_page(browsers: Browsers) -> None:
    for page, path in ((browsers.device(viewport=WIDE), "/ru/help/"), (browsers.desk(COUNSELLOR), "/desk/queue/")):
        page.goto(path)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main"


def test_what_arrives_is_said_to_those_who_do_not_see_it(browsers: Browsers, centre: Centre) -> None:
    child, counsellor = browsers.phone(), browsers.desk(COUNSELLOR)
    three_taps(child, "uz")
    counsellor.goto("/desk/queue/")
    counsellor.locator(f"#accept-{centre.newest_talk()}").click()
    counsellor.locator("[data-line-state][data-state=open]").wait_for()
    write(child, "Eshityapsizmi?")
    counsellor.locator("#live", has_text="Eshityapsizmi?").wait_for(state="attached")
    answer(counsellor, "Ha, shu yerdaman")
    sees(child, "Ha, shu yerdaman")
    assert child.locator("#log").get_attribute("aria-live") == "polite"
