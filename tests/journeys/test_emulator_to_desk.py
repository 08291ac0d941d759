"""A child with a (pretend) Telegram on the phone, a counsellor at the desk: the same talk through another door."""

import pytest
from playwright.sync_api import Page

from panoh.ground.languages.public import word
from tests.browsing import Browsers, Centre, accept, answer, bubbles, sees, shoot_both, wait_until

pytestmark = pytest.mark.browser


def messenger(browsers: Browsers, person: int, *, wide: bool = False) -> Page:
    """The emulator's page with one of its people chosen, and an empty talk."""
    page = browsers.device(viewport={"width": 1440, "height": 900}) if wide else browsers.phone()
    page.goto("/emulator/")
    page.locator("#people button").nth(person).click()
    return page


def shows(page: Page, words: str) -> None:
    page.locator("#talk .bubble", has_text=words).first.wait_for()


def send(page: Page, words: str) -> None:
    page.locator("#text").fill(words)
    page.locator("#write .send").click()


def tap(page: Page, words: str) -> None:
    """The newest button with these words under a message of the bot."""
    page.locator("#talk .keys button", has_text=words).last.click()


def begin(browsers: Browsers, centre: Centre, person: int) -> tuple[Page, str]:
    """A person who chose Uzbek Cyrillic, is a child, and is not in danger."""
    page = messenger(browsers, person)
    send(page, "/start")
    tap(page, "Ўзбекча")
    for asked, said in (("step.who", "who.child"), ("step.danger", "danger.no")):
        shows(page, word(asked, "uz-cyrl"))
        tap(page, word(said, "uz-cyrl"))
    wait_until(lambda: len(page.locator("#talk .said:not(.mine)").all()) >= 6)
    return page, centre.newest_talk("telegram")


def test_a_talk_goes_from_the_messenger_to_the_desk_and_back(browsers: Browsers, centre: Centre) -> None:
    phone, reference = begin(browsers, centre, 0)
    shoot_both(phone, "emulator-steps-360-uz-cyrl")
    send(phone, "Синфдошим мени қўрқитяпти")
    counsellor = browsers.desk()
    accept(counsellor, reference)
    sees(counsellor, "Синфдошим мени қўрқитяпти")
    answer(counsellor, "Ёзганинг яхши бўлди")
    shows(phone, "Ёзганинг яхши бўлди")
    counsellor.locator("#log .side-out .fate-sent, #log .side-out .fate-delivered").first.wait_for()
    shoot_both(phone, "emulator-360-uz-cyrl")
    shoot_both(counsellor, "desk-telegram-1440-uz")


def test_a_changed_word_is_changed_at_the_desk_and_the_earlier_one_is_kept(browsers: Browsers, centre: Centre) -> None:
    phone, reference = begin(browsers, centre, 1)
    send(phone, "биринчи гап")
    counsellor = browsers.desk()
    accept(counsellor, reference)
    sees(counsellor, "биринчи гап")
    phone.locator("#talk .said.mine", has_text="биринчи гап").locator(".when button").click()
    phone.locator("#editing").wait_for()
    send(phone, "иккинчи гап")
    sees(counsellor, "иккинчи гап")
    assert "биринчи гап" not in bubbles(counsellor)
    counsellor.locator('a[href*="/wordings/"]').first.click()
    counsellor.get_by_text("биринчи гап").first.wait_for()


def test_a_picture_is_a_placeholder_at_the_desk_and_is_not_fetched(browsers: Browsers, centre: Centre) -> None:
    phone, reference = begin(browsers, centre, 2)
    send(phone, "расм юбораман")
    counsellor = browsers.desk()
    accept(counsellor, reference)
    phone.locator(".attach summary").click()
    phone.locator('[data-act="photo"]').click()
    counsellor.locator('#log a[href*="/files/"]').first.wait_for()
    assert counsellor.locator("#log img").count() == 0
    assert centre.query("select count(*) from helpline_mediarequest")[0][0] == 0
    shoot_both(counsellor, "desk-picture-1440-uz")
