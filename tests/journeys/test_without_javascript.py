"""The same journey with JavaScript off on both sides: plain forms and plain refreshes."""

import re

import pytest
from playwright.sync_api import expect

from tests.browsing import COUNSELLOR, Browsers, Centre, accept, answer, sees, shot, three_taps, write

pytestmark = pytest.mark.browser


def test_a_talk_works_with_plain_forms_on_both_sides(browsers: Browsers, centre: Centre) -> None:
    child, counsellor = browsers.phone(js=False), browsers.desk(COUNSELLOR, js=False)
    three_taps(child, "uz")
    write(child, "Salom, bu yerda skript yoʻq")
    sees(child, "Salom, bu yerda skript yoʻq")
    accept(counsellor, centre.newest_talk())
    sees(counsellor, "Salom, bu yerda skript yoʻq")
    answer(counsellor, "Bu ham ishlaydi")
    sees(counsellor, "Bu ham ishlaydi")
    child.locator("#composer textarea").fill("yarim yozilgan")
    child.locator('button[formaction$="/talk/now/"]').click()
    sees(child, "Bu ham ishlaydi")
    assert child.locator("#composer textarea").input_value() == "yarim yozilgan"
    shot(child, "no-js-360-uz")
    shot(counsellor, "no-js-desk-1440-uz")


def test_empty_words_are_answered_and_too_long_ones_come_back(browsers: Browsers, centre: Centre) -> None:
    child = browsers.phone(js=False)
    three_taps(child, "uz")
    child.locator("#composer button").first.click()
    expect(child.locator("#problem")).not_to_be_empty()
    child.locator("#composer textarea").evaluate("box => box.removeAttribute('maxlength')")
    write(child, "z" * 4001)
    expect(child.locator("#problem")).not_to_be_empty()
    expect(child.locator("#composer textarea")).to_have_value(re.compile("^zzzz"))


def test_the_quick_exit_is_a_link_that_leads_away(browsers: Browsers, centre: Centre) -> None:
    child = browsers.phone(js=False)
    three_taps(child, "uz")
    child.locator("a#exit").click()
    expect(child).to_have_title("weather")
    child.goto("/uz/talk/now/")
    assert child.url.endswith("/uz/talk/")


def test_a_talk_is_written_up_and_finished_with_plain_forms(browsers: Browsers, centre: Centre) -> None:
    child, counsellor = browsers.phone(js=False), browsers.desk(COUNSELLOR, js=False)
    three_taps(child, "uz")
    write(child, "Rahmat, tushundim")
    reference = centre.newest_talk()
    accept(counsellor, reference)
    form = counsellor.locator("#write-up form").first
    form.locator("[name=contact_type]").first.select_option("child_self")
    counsellor.locator('#write-up button[formaction*="finish"], #write-up form[action*="finish"] button').first.click()
    counsellor.wait_for_url("**/desk/queue/")
    closed = (
        "select status from helpline_talk t join talks_conversation c on c.id = t.conversation_id where reference = ?"
    )
    assert centre.query(closed, reference) == [("closed",)]
