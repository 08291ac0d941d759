"""The way in as a real browser goes it, from a frame of another site."""

import pytest
from playwright.sync_api import Browser
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from panoh.ground.accounts.models import Learner
from panoh.learn.academy import public as academy
from panoh.learn.exchange.models import Platform
from tests.exchange.moodle import Moodle

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "keys"])]


@pytest.fixture
def site(live_server: LiveServer, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> str:
    """Our address, which is another site than the one of the learning system."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    settings.PUBLIC_URL = live_server.url
    assert "localhost" in live_server.url
    return str(live_server.url)


def test_from_a_frame_a_window_opens_and_its_person_is_in(
    chromium: Browser, site: str, moodle: Moodle, platform: Platform, course: academy.Course
) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{moodle.issuer}/course?what=launch&tool={site}")
        button = page.frame_locator("iframe").locator("form[target=_blank] button")
        with context.expect_page() as opened:
            button.click()
        window = opened.value
        window.click("main a.button")
        window.wait_for_url(f"{site}/ru/courses/short-course/test/")
        window.goto(f"{site}/ru/courses/mine/")
        assert Learner.objects.count() == 1
        assert window.url.endswith("/ru/courses/mine/")


def test_a_teacher_chooses_inside_the_frame(
    chromium: Browser, site: str, moodle: Moodle, platform: Platform, course: academy.Course
) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{moodle.issuer}/course?what=choose&tool={site}")
        frame = page.frame_locator("iframe")
        frame.locator("input[value='short-course/passwords']").check()
        frame.locator("form button").click()
        with page.expect_request(f"{moodle.issuer}/back") as sent:
            frame.locator("form button").click()
        assert "JWT=" in (sent.value.post_data or "")
        assert not Learner.objects.exists()
