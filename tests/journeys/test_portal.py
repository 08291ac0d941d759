"""Each audience finds what to do in three taps, in three scripts, on a cheap phone without JavaScript."""

import json

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browsing import PHONE, WIDE, Browsers, shoot_both

pytestmark = pytest.mark.browser
SCRIPTS = ["uz", "uz-cyrl", "ru"]
AUDIENCES = ["children", "parents", "educators", "industry", "policy", "professionals"]


def tap(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def file_of(text: str) -> FilePayload:
    return {"name": "kept.json", "mimeType": "application/json", "buffer": text.encode()}


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("language", SCRIPTS)
def test_an_audience_is_told_what_to_do_in_three_taps_and_can_reach_a_person(
    browsers: Browsers, language: str, audience: str
) -> None:
    page = browsers.device(viewport=PHONE, js=False)
    page.goto(f"/{language}/")
    tap(page, f'a[href="/{language}/for/{audience}/"]')
    tap(page, "main .tiles a")
    assert f"/{language}/guide/" in page.url
    expect(page.locator(".now li").first).to_be_visible()
    expect(page.locator(f'.actions a[href="/{language}/talk/"]')).to_be_visible()
    other = SCRIPTS[(SCRIPTS.index(language) + 1) % 3]
    there = page.url.replace(f"/{language}/", f"/{other}/")
    tap(page, f'.languages a[href="{there[there.index("/", 8) :]}"]')
    assert page.url == there
    expect(page.locator(".now li").first).to_be_visible()
    tap(page, f'.actions a[href="/{other}/talk/"]')
    expect(page.locator("button[name=who]").first).to_be_visible()


@pytest.mark.parametrize("language", SCRIPTS)
def test_pictures_of_the_portal(browsers: Browsers, language: str) -> None:
    """Looked at by people before anything is called done."""
    pages = {"home": "", "children": "for/children/", "sheet": "guide/money-tricks/", "checklist": "checklists/policy/"}
    for name, path in pages.items():
        for viewport, width in ((PHONE, 360), (WIDE, 1440)):
            page = browsers.device(viewport=viewport)
            page.goto(f"/{language}/{path}")
            shoot_both(page, f"portal-{name}-{width}-{language}")


def test_a_search_in_any_spelling_leads_to_the_page(browsers: Browsers) -> None:
    page = browsers.device(viewport=PHONE, js=False)
    for typed in ("qo'rqityapti", "қўрқитяпти", "qoʻrqityapti"):
        page.goto("/uz/")
        page.locator("#q").fill(typed)
        tap(page, ".search button")
        assert "/uz/guide/" in str(page.locator(".hits a").first.get_attribute("href")), typed


def test_the_easy_words_and_the_narrowing_by_age_need_no_script(browsers: Browsers) -> None:
    page = browsers.device(viewport=PHONE, js=False)
    page.goto("/uz/for/children/")
    tap(page, 'a[href="?age=13-17"]')
    tap(page, 'a[href="/uz/guide/pictures-and-pressure/"]')
    tap(page, 'a[href="?reading=easy"]')
    expect(page.locator(".easy")).to_be_visible()


def test_a_checklist_keeps_its_answers_on_the_device_saves_them_and_opens_them_again(browsers: Browsers) -> None:
    page = browsers.device(viewport=WIDE)
    page.goto("/ru/checklists/policy/")
    page.locator('input[name="POL-LEG-01"][value="2"]').check()
    expect(page.locator("[data-progress]")).to_contain_text("1")
    page.reload()
    expect(page.locator('input[name="POL-LEG-01"][value="2"]')).to_be_checked()
    with page.expect_download() as saving:
        page.locator("[data-save]").click()
    kept = saving.value.path().read_text()
    assert json.loads(kept)["answers"] == {"POL-LEG-01": "2"}
    page.locator("[data-clear]").click()
    expect(page.locator('input[name="POL-LEG-01"][value="2"]')).not_to_be_checked()
    page.locator("[data-load]").set_input_files(file_of(kept))
    expect(page.locator('input[name="POL-LEG-01"][value="2"]')).to_be_checked()
    page.locator("[data-load]").set_input_files(file_of('{"checklist": "school", "answers": {}}'))
    expect(page.locator("[data-fault]")).not_to_be_empty()
    expect(page.locator('input[name="POL-LEG-01"][value="2"]')).to_be_checked()
