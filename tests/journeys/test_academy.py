"""A teacher passes a course on a line that breaks; what she answers is kept once, with and without a script."""

import io
import json
import re
import uuid
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.browsing import WIDE, Browsers, Centre, shoot_both, shot
from tests.learners import (
    AT,
    LONG,
    NAME,
    SHORT,
    answers,
    ask_for_a_letter,
    begin_test,
    ends,
    enter,
    give,
    give_right,
    kept,
    kind_of,
    lose,
    new_address,
    place_of,
    sign_in,
    squeezed,
    taken,
    tap,
    wait_for_courses,
    words_of_pdf,
)

pytestmark = pytest.mark.browser
TASHKENT = ZoneInfo("Asia/Tashkent")
GO_ON = "main form button.button-big"


# --- a line that breaks -------------------------------------------------------------------------------------------


def test_a_teacher_passes_on_a_line_that_is_cut_and_holds_a_certificate_in_her_own_letters(
    browsers: Browsers, centre: Centre
) -> None:
    """Uzbek Cyrillic, 360 px, no JavaScript, four cuts, two telephones."""
    phone, address = browsers.phone(js=False), new_address()
    wait_for_courses(centre, phone, LONG)
    phone.goto("/uz-cyrl/courses/")
    tap(phone, f'main a[href="/uz-cyrl/courses/{LONG}/"]')
    tap(phone, 'form[action$="/begin/"] button')
    assert "/account/sign-in/" in phone.url
    ask_for_a_letter(phone, address)
    enter(phone, centre, address)
    assert phone.url.endswith(f"/uz-cyrl/courses/{LONG}/")
    tap(phone, 'form[action$="/begin/"] button')
    expect(phone.locator('form[action$="/read/"] button').first).to_be_visible()
    begin_test(phone, "uz-cyrl", LONG)
    attempt, _first = place_of(phone)

    _answer_up_to(phone, centre, 5)
    _cut_before_it_is_sent(phone, centre, attempt)
    _answer_up_to(phone, centre, 9)
    _cut_after_it_was_taken(phone, centre, attempt)
    _answer_up_to(phone, centre, 14)
    give_right(phone, centre)
    lose(phone, "**/14/save/")
    _press_in_vain(phone)
    assert kept(centre, attempt, 14) == 1

    other = browsers.phone(js=False)
    sign_in(other, centre, address, "uz-cyrl", "/uz-cyrl/courses/mine/")
    tap(other, f'main a[href="/uz-cyrl/courses/{LONG}/"]')
    tap(other, f'main a[href$="/{LONG}/test/"]')
    tap(other, f'a[href$="/test/{attempt}/"]')
    assert place_of(other) == (attempt, 15)
    _answer_up_to(other, centre, 28)
    give_right(other, centre)
    tap(other, GO_ON)
    assert other.locator("main strong").count() == 0, "every question has a whole answer"

    lose(other, "**/submit/")
    _press_in_vain(other, "form[data-hand-in] button")
    other.reload()
    expect(other.locator("h1[data-over-attempt]")).to_be_visible()
    expect(other.locator("main .lead").first).to_contain_text("100")
    nothing_is_cut(other)
    assert ends(centre, attempt) == 1
    assert [kept(centre, attempt, place) for place in range(1, 29)] == [1] * 28

    _name_comes_first(other)
    held = taken(other)
    assert held.pdf.startswith(b"%PDF")
    words = words_of_pdf(held.pdf)
    for name in NAME:
        assert squeezed(name) in words
        expect(other.locator("dl.printed")).to_contain_text(name)
    assert held.page.locator("html").get_attribute("lang") == "uz-Cyrl"
    assert str(pypdf.PdfReader(io.BytesIO(held.pdf)).root_object["/Lang"]).startswith("uz")


def nothing_is_cut(page: Page) -> None:
    """All of the page stands on its screen: nothing is read only by pushing it aside."""
    wide = "all => all.filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML)"
    assert page.locator("main *").evaluate_all(wide) == []


def _answer_up_to(page: Page, centre: Centre, place: int) -> None:
    """Rightly, until question ``place`` is asked."""
    while place_of(page)[1] < place:
        give_right(page, centre)
        tap(page, GO_ON)


def _press_in_vain(page: Page, button: str = GO_ON) -> None:
    """The form goes out and no page comes back: the browser shows its own."""
    with page.expect_event("requestfailed"):
        page.locator(button).first.click(no_wait_after=True)
    page.wait_for_url("chrome-error://**")


def _cut_before_it_is_sent(page: Page, centre: Centre, attempt: str) -> None:
    give_right(page, centre)
    page.context.set_offline(True)
    _press_in_vain(page)
    page.context.set_offline(False)
    assert kept(centre, attempt, 5) == 0
    page.goto(f"/uz-cyrl/courses/{LONG}/test/{attempt}/")
    assert place_of(page) == (attempt, 5), "resumes at the first question without an answer"


def _cut_after_it_was_taken(page: Page, centre: Centre, attempt: str) -> None:
    """The browser sends the very same form again; the server knows it and goes on."""
    give_right(page, centre)
    lost = lose(page, "**/9/save/")
    _press_in_vain(page)
    assert kept(centre, attempt, 9) == 1
    with page.expect_request("**/9/save/") as again:
        page.reload()
    assert again.value.post_data_buffer == lost[0]
    assert place_of(page) == (attempt, 10)
    assert kept(centre, attempt, 9) == 1


def _name_comes_first(page: Page) -> None:
    """No certificate before the name was looked at in both scripts."""
    tap(page, 'form[action$="/certificate/"] button')
    tap(page, 'main p.notice a[href$="/account/"]')
    page.locator("input[name=name_cyrillic]").fill(NAME[1])
    tap(page, GO_ON)
    expect(page.locator("main .notice-warning")).to_be_visible()
    expect(page.locator("input[name=name_latin]")).to_have_value(NAME[0])
    tap(page, GO_ON)
    expect(page.locator("main .notice-warning")).to_have_count(0)
    page.goto("/uz-cyrl/courses/mine/")


# --- answers that wait --------------------------------------------------------------------------------------------


@pytest.fixture
def sitting(browsers: Browsers, centre: Centre) -> Page:
    """Before the first question of a test, JavaScript on."""
    page = browsers.phone()
    wait_for_courses(centre, page, SHORT)
    sign_in(page, centre, new_address())
    begin_test(page, "uz", SHORT)
    return page


def says_when(page: Page, centre: Centre) -> None:
    """The page tells the very minute that the server wrote down."""
    attempt, place = place_of(page)
    words = page.locator("form[data-attempt]").get_attribute("data-saved")
    expect(page.locator("[data-state]")).to_have_text(re.compile(rf"^{words} \d\d:\d\d$"))
    asked = "select saved_at from academy_response where attempt_id = ? and place = ?"
    at = datetime.fromisoformat(centre.query(asked, uuid.UUID(attempt).hex, place)[0][0]).replace(tzinfo=UTC)
    expect(page.locator("[data-state]")).to_have_text(f"{words} {at.astimezone(TASHKENT):%H:%M}")


def waits(page: Page) -> None:
    words = page.locator("form[data-attempt]").get_attribute("data-waits")
    assert words
    expect(page.locator("[data-state]")).to_have_text(words)


def choose(page: Page, centre: Centre) -> None:
    """The right answer, and out of the last field."""
    give_right(page, centre)
    page.locator("h1").click()


def test_an_answer_without_a_line_is_kept_and_saved_once_when_the_line_returns(sitting: Page, centre: Centre) -> None:
    attempt, _place = place_of(sitting)
    sitting.context.set_offline(True)
    choose(sitting, centre)
    waits(sitting)
    sitting.locator(GO_ON).click()
    assert place_of(sitting) == (attempt, 1), "the page and its answer stay"
    assert kept(centre, attempt, 1) == 0
    sitting.context.set_offline(False)
    says_when(sitting, centre)
    assert kept(centre, attempt, 1) == 1
    tap(sitting, GO_ON)
    assert place_of(sitting) == (attempt, 2)
    assert kept(centre, attempt, 1) == 1, "the button sent what was saved already"


def test_an_answer_that_was_taken_while_the_line_broke_is_not_taken_twice(sitting: Page, centre: Centre) -> None:
    attempt, _place = place_of(sitting)
    fields = answers(centre, attempt, 1)
    lost = lose(sitting, "**/1/save/")
    give(sitting, fields)
    sitting.locator("h1").click()
    says_when(sitting, centre)
    assert lost, "the line did break"
    same = kept(centre, attempt, 1)
    assert same == len(answers_sent(centre, attempt)), "each form that was sent is in the log once"
    tap(sitting, GO_ON)
    assert kept(centre, attempt, 1) == same, "the button sent what was saved already"


def answers_sent(centre: Centre, attempt: str) -> set[str]:
    asked = "select client_id from academy_responseevent where attempt_id = ? and kind = 'saved'"
    return {str(row[0]) for row in centre.query(asked, uuid.UUID(attempt).hex)}


def test_an_answer_that_waits_is_shown_again_after_a_reload_and_the_button_does_not_empty_it(
    sitting: Page, centre: Centre
) -> None:
    attempt, _place = place_of(sitting)
    sitting.context.set_offline(True)
    choose(sitting, centre)
    waits(sitting)
    held = sitting.url
    sitting.goto("about:blank")  # so that no script hears of the line when it returns
    sitting.context.set_offline(False)
    sitting.goto(held)
    says_when(sitting, centre)
    tap(sitting, GO_ON)
    given = "select answer from academy_response where attempt_id = ? and place = 1"
    assert json.loads(centre.query(given, uuid.UUID(attempt).hex)[0][0] or "null")
    assert kept(centre, attempt, 1) == 1


# --- for eyes -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["uz", "uz-cyrl", "ru"])
def test_pictures_of_a_test(browsers: Browsers, centre: Centre, language: str) -> None:
    """A question of each kind that was drawn, the page before the end, and the result."""
    page = browsers.phone()
    wait_for_courses(centre, page, LONG)
    sign_in(page, centre, new_address(), language)
    begin_test(page, language, LONG)
    seen: set[str] = set()
    while AT.search(page.url) and "/review/" not in page.url:
        kind = kind_of(centre, *place_of(page))
        if kind not in seen:
            nothing_is_cut(page)
            shoot_both(page, f"test-{kind}-360-{language}", whole=True)
        seen.add(kind)
        if place_of(page)[1] % 3:
            give_right(page, centre)
        tap(page, GO_ON)
    assert {"one", "several"} <= seen
    shoot_both(page, f"test-review-360-{language}", whole=True)
    tap(page, "form[data-hand-in] button")
    nothing_is_cut(page)
    shoot_both(page, f"test-result-360-{language}", whole=True)
    page.set_viewport_size(WIDE)
    shot(page, f"test-result-1440-{language}")
