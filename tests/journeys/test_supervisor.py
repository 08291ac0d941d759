"""What a supervisor does beside a talk: decides on held words, whispers, takes over, is told who is late."""

import pytest
from playwright.sync_api import expect

from tests.browsing import (
    SUPERVISOR,
    Browsers,
    Centre,
    answer,
    bubbles,
    sees,
    shoot_both,
    three_taps,
    wait_until,
    write,
)
from tests.journeys.test_web_to_desk import begin

pytestmark = pytest.mark.browser


def test_words_that_lead_away_wait_for_the_supervisor_and_arrive_when_released(
    browsers: Browsers, centre: Centre
) -> None:
    child, counsellor, _ = begin(browsers, centre)
    answer(counsellor, "Mening raqamim +998 90 765 43 21")
    counsellor.locator("#log .side-held").wait_for()
    supervisor = browsers.desk(SUPERVISOR)
    supervisor.goto("/desk/board/")
    held = supervisor.locator(".held", has_text="765 43 21")
    held.wait_for()
    assert not [text for text in bubbles(child) if "765" in text]
    shoot_both(supervisor, "board-1440-uz")
    held.locator('button[value="release"]').click()
    sees(child, "765 43 21")


def test_words_kept_back_never_reach_the_child(browsers: Browsers, centre: Centre) -> None:
    child, counsellor, _ = begin(browsers, centre)
    answer(counsellor, "Menga t.me/dilnoza_shaxsiy ga yozing")
    supervisor = browsers.desk(SUPERVISOR)
    supervisor.goto("/desk/board/")
    held = supervisor.locator(".held", has_text="dilnoza_shaxsiy")
    held.locator('button[value="refuse"]').click()
    expect(held).to_have_count(0)
    answer(counsellor, "Shu yerda yozishamiz")
    sees(child, "Shu yerda yozishamiz")
    assert not [text for text in bubbles(child) if "dilnoza_shaxsiy" in text]


def test_a_whisper_reaches_the_counsellor_and_never_the_child(browsers: Browsers, centre: Centre) -> None:
    child, counsellor, reference = begin(browsers, centre)
    supervisor = browsers.desk(SUPERVISOR)
    supervisor.goto(f"/desk/talks/{reference}/")
    supervisor.locator("#whisper-text").fill("Yoshini soʻrang")
    supervisor.locator("#whisper form button").click()
    sees(counsellor, "Yoshini soʻrang")
    answer(counsellor, "Nechchi yoshdasan?")
    sees(child, "Nechchi yoshdasan?")
    child.reload()
    assert "Yoshini soʻrang" not in child.content()


def test_help_me_with_this_one_shows_on_the_board(browsers: Browsers, centre: Centre) -> None:
    _, counsellor, reference = begin(browsers, centre)
    counsellor.locator('form[action$="/ask-help/"] button').click()
    counsellor.locator('form[action$="/ask-help/"] button[aria-pressed=true]').wait_for()
    supervisor = browsers.desk(SUPERVISOR)
    supervisor.goto("/desk/board/")
    supervisor.locator(f'a[href^="/desk/talks/{reference}/"]').first.wait_for()


def test_a_talk_that_is_taken_over_changes_hands(browsers: Browsers, centre: Centre) -> None:
    child, _, reference = begin(browsers, centre)
    supervisor = browsers.desk(SUPERVISOR)
    supervisor.goto(f"/desk/talks/{reference}/")
    form = supervisor.locator('form[action$="/take-over/"]')
    supervisor.locator("details", has=form).locator("summary").click()
    form.locator("textarea, input[name=reason]").first.fill("Smena tugadi")
    form.locator("button").click()
    supervisor.locator("#say").wait_for()
    answer(supervisor, "Endi men siz bilanman")
    sees(child, "Endi men siz bilanman")


def test_a_talk_that_waits_beyond_its_promise_is_told_to_the_supervisor(browsers: Browsers, centre: Centre) -> None:
    child = browsers.phone()
    three_taps(child, "ru")
    write(child, "Долго жду")
    sees(child, "Долго жду")
    reference = centre.newest_talk()
    key = centre.query("select id from talks_conversation where reference = ?", reference)[0][0]
    earlier = "datetime(waiting_since, '-40 minutes')"
    centre.query(
        f"update helpline_talk set waiting_since = {earlier}, promised_at = datetime(promised_at, '-40 minutes') "  # noqa: S608
        "where conversation_id = ?",
        key,
    )
    supervisor = browsers.desk(SUPERVISOR)
    supervisor.goto("/desk/board/")
    supervisor.locator(f"#late-{reference}").wait_for()
    told = "select escalation from helpline_talk where conversation_id = ?"
    wait_until(lambda: centre.query(told, key) == [(1,)], 30)
    shoot_both(supervisor, "board-late-1440-uz")
