"""A child on a cheap phone writes, a counsellor at a wide desk answers, and neither loses a word."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import Browsers, Centre, accept, answer, bubbles, sees, shoot_both, shot, three_taps, write

pytestmark = pytest.mark.browser


def begin(browsers: Browsers, centre: Centre, words: str = "Салом, менга ёзишяпти") -> tuple[Page, Page, str]:
    """A child who waits and has written, a counsellor who has taken the talk, and its reference."""
    child, counsellor = browsers.phone(), browsers.desk()
    three_taps(child)
    write(child, words)
    sees(child, words)
    reference = centre.newest_talk()
    accept(counsellor, reference)
    sees(counsellor, words)
    return child, counsellor, reference


def test_a_word_travels_from_the_phone_to_the_desk_and_back_live_and_in_order(
    browsers: Browsers, centre: Centre
) -> None:
    child, counsellor = browsers.phone(), browsers.desk()
    counsellor.goto("/desk/queue/")
    three_taps(child)
    shoot_both(child, "talk-waiting-360-uz-cyrl")
    reference = centre.newest_talk()
    counsellor.locator(f"#accept-{reference}").wait_for()
    shoot_both(counsellor, "queue-1440-uz")
    write(child, "Салом, менга бир киши ёзяпти")
    counsellor.locator(f"#accept-{reference}").click()
    sees(counsellor, "менга бир киши ёзяпти")
    answer(counsellor, "Салом, ёзганинг яхши бўлди")
    sees(child, "Салом, ёзганинг яхши бўлди")
    for number in range(3):
        write(child, f"сўз {number}")
        sees(counsellor, f"сўз {number}")
        answer(counsellor, f"жавоб {number}")
        sees(child, f"жавоб {number}")
        sees(counsellor, f"жавоб {number}")
    said = [text for text in bubbles(child) if text.startswith(("сўз", "жавоб"))]
    assert said == ["сўз 0", "жавоб 0", "сўз 1", "жавоб 1", "сўз 2", "жавоб 2"]
    assert [text for text in bubbles(counsellor) if text.startswith(("сўз", "жавоб"))] == said
    expect(counsellor.locator("#log .fate-delivered").last).to_be_visible()
    shoot_both(child, "talk-360-uz-cyrl")
    shoot_both(counsellor, "desk-talk-1440-uz")


def test_another_script_at_the_desk_is_for_the_eye_only(browsers: Browsers, centre: Centre) -> None:
    child, counsellor, _ = begin(browsers, centre, "Салом, ёрдам керак")
    counsellor.locator("a[data-keep]").click()
    sees(counsellor, "Salom, yordam kerak")
    counsellor.locator("a[data-keep]").click()
    sees(counsellor, "Салом, ёрдам керак")
    assert "Салом, ёрдам керак" in bubbles(child)


def test_the_quick_exit_leads_away_and_back_shows_nothing_of_it(browsers: Browsers, centre: Centre) -> None:
    child, _, _ = begin(browsers, centre, "ҳеч ким кўрмасин")
    child.locator("#exit").click()
    expect(child).to_have_title("weather")
    child.go_back()
    child.wait_for_load_state()
    assert "ҳеч ким кўрмасин" not in child.content()
    child.goto("/uz-cyrl/talk/now/")
    assert "ҳеч ким кўрмасин" not in child.content()


def test_with_the_code_the_talk_goes_on_on_another_device(browsers: Browsers, centre: Centre) -> None:
    child, counsellor, _ = begin(browsers, centre, "бу телефон меники эмас")
    child.locator("details.more summary").click()
    child.locator('a[href$="/talk/code/"]').click()
    child.locator("main form button").click()
    child.locator(".receipt li").first.wait_for()
    goods = child.locator(".receipt li").all_inner_texts()
    shot(child, "code-360-uz-cyrl", whole=True)
    assert len(goods) == 6
    other = browsers.phone(locale="ru")
    other.goto("/ru/talk/back/")
    other.locator("textarea").fill("\n".join(goods))
    other.locator("main form button").click()
    other.wait_for_url("**/ru/talk/now/")
    sees(other, "бу телефон меники эмас")
    write(other, "мана бу меники")
    sees(counsellor, "мана бу меники")


def test_without_a_network_what_was_typed_stays_and_goes_out_once(browsers: Browsers, centre: Centre) -> None:
    child, counsellor, _ = begin(browsers, centre)
    child.context.set_offline(True)
    write(child, "тармоқ йўқ эди")
    sees(child, "тармоқ йўқ эди")
    child.locator("#connection").wait_for()
    shot(child, "talk-offline-360-uz-cyrl")
    child.context.set_offline(False)
    sees(counsellor, "тармоқ йўқ эди")
    write(child, "яна шу ердаман")
    sees(counsellor, "яна шу ердаман")
    child.reload()
    assert bubbles(child).count("тармоқ йўқ эди") == 1
    assert bubbles(counsellor).count("тармоқ йўқ эди") == 1


def test_two_tabs_of_one_phone_show_the_same_talk(browsers: Browsers, centre: Centre) -> None:
    child, counsellor, _ = begin(browsers, centre)
    second = child.context.new_page()
    second.goto("/uz-cyrl/talk/now/")
    write(second, "иккинчи ойнадан")
    sees(child, "иккинчи ойнадан")
    answer(counsellor, "иккаласини ҳам кўрдим")
    sees(child, "иккаласини ҳам кўрдим")
    sees(second, "иккаласини ҳам кўрдим")
    said = [text for text in bubbles(child) if text in {"иккинчи ойнадан", "иккаласини ҳам кўрдим"}]
    assert said == ["иккинчи ойнадан", "иккаласини ҳам кўрдим"]


def test_somebody_who_says_danger_reads_the_numbers_beside_the_talk(browsers: Browsers, centre: Centre) -> None:
    child = browsers.phone(locale="ru")
    three_taps(child, "ru", danger="yes")
    assert child.locator('a[href^="tel:"]').count() > 0
    shoot_both(child, "danger-360-ru", whole=True)


def test_no_word_stays_on_the_phone(browsers: Browsers, centre: Centre) -> None:
    child, _, _ = begin(browsers, centre, "из қолмасин")
    stored = child.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert re.sub(r"[\[\]{},\"]", "", stored) == ""
