"""Reading aloud in a real browser, with a voice that only writes down what it is given to say."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browsing import Browsers

pytestmark = pytest.mark.browser
VOICES = """
const heard = window.heard = [];
let now = null;
class Speech extends EventTarget {
  voices = [];
  getVoices() { return this.voices; }
  speak(one) { heard.push(one.text); now = one; }
  cancel() {
    if (now) console.log("hushed");
    const one = now;
    now = null;
    if (one) queueMicrotask(() => one.onerror({ error: "interrupted" }));
  }
}
const speech = new Speech();
Object.defineProperty(window, "speechSynthesis", { value: speech });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
window.finish = () => { const one = now; now = null; one.onend(); };
window.find = (...voices) => { speech.voices = voices; speech.dispatchEvent(new Event("voiceschanged")); };
"""
HERE = '{ lang: "uz-UZ", localService: true }'
PLAY, STOP = "[data-play]", "[data-stop]"


def sheet_of(browsers: Browsers, path: str = "/uz/guide/something-bad-online/") -> Page:
    page = browsers.phone()
    page.add_init_script(VOICES)
    page.goto(path)
    return page


def heard(page: Page) -> list[str]:
    return list(page.evaluate("heard"))


def test_a_button_is_offered_only_for_a_voice_of_the_language_on_the_device_itself(browsers: Browsers) -> None:
    page = sheet_of(browsers)
    page.evaluate('find({ lang: "ru-RU", localService: true }, { lang: "uz-UZ", localService: false })')
    expect(page.locator(PLAY)).to_have_count(0)
    page.evaluate(f"find({HERE})")
    expect(page.locator(PLAY)).to_have_count(1)
    page.evaluate(f"find({HERE}, {HERE})")
    expect(page.locator(PLAY)).to_have_count(1)
    assert heard(page) == []
    assert (page.locator(PLAY).bounding_box() or {"height": 0})["height"] >= 44


def test_it_reads_block_by_block_pauses_goes_on_and_stops_by_keyboard(browsers: Browsers) -> None:
    page = sheet_of(browsers)
    page.evaluate(f"find({HERE})")
    play, status = page.locator(PLAY), page.locator(".aloud [role=status]")
    play.press("Enter")
    expect(play).to_have_attribute("aria-pressed", "true")
    expect(page.locator("h1.spoken")).to_have_count(1)
    assert heard(page) == [page.locator("h1").inner_text()]
    page.evaluate("finish()")
    expect(page.locator(".spoken")).to_have_text(page.locator(".lead").inner_text())

    play.press("Enter")
    expect(play).to_have_attribute("aria-pressed", "false")
    expect(status).not_to_be_empty()
    play.press("Enter")
    assert heard(page)[1] == heard(page)[2] == page.locator(".lead").inner_text()
    page.locator(STOP).press("Enter")
    expect(page.locator(".spoken")).to_have_count(0)
    expect(play).to_be_focused()
    assert len(heard(page)) == 3


def test_everything_of_the_easy_twin_is_said_once_and_nothing_else(browsers: Browsers) -> None:
    page = sheet_of(browsers, "/uz/guide/something-bad-online/?reading=easy")
    page.evaluate(f"find({HERE})")
    page.locator(PLAY).click()
    while page.locator(".spoken").count():
        page.evaluate("finish()")
    expect(page.locator(PLAY)).to_have_attribute("aria-pressed", "false")
    shown = page.locator("h1").inner_text() + page.locator(".prose").inner_text()
    assert "".join("".join(heard(page)).split()) == "".join(shown.split())


@pytest.mark.parametrize("way", ["exit", "shift", "hidden"])
def test_the_voice_is_silent_at_once_when_somebody_leaves(browsers: Browsers, way: str) -> None:
    """Before the page that hides this one is there: the server is slow here, the voice must not be."""
    page, said = sheet_of(browsers), []
    page.on("console", lambda message: said.append(message.text))
    page.evaluate(f"find({HERE})")
    page.locator(PLAY).click()
    page.route("**/exit/**", lambda _route: None)
    assert said == []
    if way == "exit":
        page.locator("#exit").click(no_wait_after=True)
    elif way == "shift":
        for _press in range(3):
            page.keyboard.press("Shift")
    else:
        page.evaluate(
            'Object.defineProperty(document, "hidden", { value: true });'
            'document.dispatchEvent(new Event("visibilitychange"))'
        )
    page.wait_for_timeout(100)
    assert said == ["hushed"]


def test_nothing_of_it_is_kept_on_the_device(browsers: Browsers) -> None:
    page = sheet_of(browsers)
    page.evaluate(f"find({HERE})")
    page.locator(PLAY).click()
    page.locator(STOP).click()
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


@pytest.mark.parametrize("view", ["uz", "uz.larger.more.dark"])
def test_the_button_is_fit_for_everybody_and_moves_nothing(browsers: Browsers, view: str) -> None:
    page = browsers.phone(view=view, bypass_csp=True)
    page.add_init_script(VOICES)
    page.goto("/uz/guide/something-bad-online/")
    before = page.locator("main").bounding_box()
    page.evaluate(f"find({HERE})")
    assert page.locator("main").bounding_box() == before
    page.locator(PLAY).click()
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
