"""A child goes through a story to each of its ends with nothing but a keyboard, and every end says what to do."""

import tomllib
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import PHONE, ROOT, Browsers, shoot_both

pytestmark = pytest.mark.browser
STORIES = sorted(path.stem for path in (ROOT / "content" / "playroom" / "stories").glob("*.toml"))
EVERY_SCRIPT = "the-shining-message"
FOCUS = """() => {
  const held = document.activeElement, box = held.getBoundingClientRect(), line = getComputedStyle(held);
  return {
    name: held.tagName, href: held.getAttribute("href") || "",
    is_outlined: held.matches(":focus-visible") && line.outlineStyle !== "none" && parseFloat(line.outlineWidth) >= 2,
    is_on_screen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
  };
}"""


def story(slug: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / "content" / "playroom" / "stories" / f"{slug}.toml").read_text())


def ways(slug: str) -> Iterator[list[str]]:
    """The shortest way to each ending, scene by scene."""
    told = story(slug)
    scenes = {scene["code"]: scene for scene in told["scenes"]}
    found, waiting = {told["start"]: [told["start"]]}, [told["start"]]
    while waiting:
        code = waiting.pop(0)
        for choice in scenes[code].get("choices", []):
            if choice["to"] not in found:
                found[choice["to"]] = [*found[code], choice["to"]]
                waiting.append(choice["to"])
    yield from (found[code] for code, scene in scenes.items() if scene.get("ending"))


def tab_to(page: Page, end_of_address: str, *, name: str = "A") -> None:
    """Press Tab until it is there; wherever the focus stands on the way, it is seen."""
    for _press in range(80):
        page.keyboard.press("Tab")
        held = page.evaluate(FOCUS)
        if held["name"] == "BODY":
            continue
        assert held["is_outlined"], held
        if held["name"] == name and held["href"].endswith(end_of_address):
            assert held["is_on_screen"], held
            return
    raise AssertionError(f"no key leads to {end_of_address} on {page.url}")


def follow(page: Page, end_of_address: str) -> None:
    tab_to(page, end_of_address)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def play(browsers: Browsers, language: str, slug: str) -> None:
    endings = list(ways(slug))
    assert len(endings) >= 2
    page = browsers.device(viewport=PHONE)
    told = tomllib.loads((ROOT / "content" / written(language) / "playroom" / "stories" / f"{slug}.toml").read_text())
    for way in endings:
        page.goto(f"/{language}/play/stories/{slug}/")
        for code in way:
            follow(page, f"/{language}/play/stories/{slug}/{code}/")
        ends_well(page, told["scenes"][way[-1]], language)
        back = next(scene for scene in story(slug)["scenes"] if scene["code"] == way[-1]).get("back")
        if back:
            follow(page, f"/{slug}/{back}/")
            expect(page.locator(".ways a").first).to_be_visible()


def written(language: str) -> str:
    return "uz" if language == "uz-cyrl" else language


def ends_well(page: Page, words: dict[str, Any], language: str) -> None:
    """Who to tell, how to leave, how to report, what to do in danger: in words, and a key press away from a person."""
    centre = tomllib.loads((ROOT / "centre" / "words" / f"{written(language)}.toml").read_text())
    everywhere = centre.get("words", centre)
    wanted = [words["tell"], words["leave"], everywhere["play.report"], everywhere["play.danger"]]
    said = page.locator(".now .remember li span")
    expect(said).to_have_count(len(wanted))
    for at, text in enumerate(wanted):
        expect(said.nth(at)).to_be_visible()
        if language != "uz-cyrl":
            expect(said.nth(at)).to_contain_text(text)
        else:
            assert not any("a" <= letter.lower() <= "z" for letter in said.nth(at).inner_text())
    tab_to(page, f"/{language}/talk/")
    tab_to(page, f"/{language}/report/")


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru"])
def test_a_child_reaches_every_ending_with_the_keyboard_alone_in_three_scripts(
    browsers: Browsers, language: str
) -> None:
    play(browsers, language, EVERY_SCRIPT)


@pytest.mark.parametrize("slug", [slug for slug in STORIES if slug != EVERY_SCRIPT])
def test_every_story_is_played_to_each_of_its_ends_with_the_keyboard_alone(browsers: Browsers, slug: str) -> None:
    play(browsers, "uz", slug)


def test_a_card_is_turned_with_the_space_bar(browsers: Browsers) -> None:
    page = browsers.device(viewport=PHONE)
    page.goto("/uz/play/cards/what-would-you-do/")
    tab_to(page, "", name="SUMMARY")
    for is_open in (True, False):
        page.keyboard.press("Space")
        expect(page.locator("details.game-card[open]")).to_have_count(int(is_open))


def test_the_way_out_of_an_ending_is_reached_with_the_keyboard(browsers: Browsers) -> None:
    page = browsers.device(viewport=PHONE, js=False)
    page.goto(f"/uz/play/stories/{EVERY_SCRIPT}/hidden/")
    tab_to(page, page.locator("a#exit").get_attribute("href") or "#")
    with page.expect_request(lambda asked: urlsplit(asked.url).netloc != browsers.home):
        page.keyboard.press("Enter")


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru"])
def test_pictures_of_a_scene_and_of_an_ending(browsers: Browsers, language: str) -> None:
    page = browsers.device(viewport=PHONE)
    for code in ("message", "mended"):
        page.goto(f"/{language}/play/stories/{EVERY_SCRIPT}/{code}/")
        shoot_both(page, f"play-{code}-360-{language}", whole=True)
