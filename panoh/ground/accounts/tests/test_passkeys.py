"""Passkeys in a real browser, with the browser's own virtual key."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from panoh.ground.accounts.models import User

from .conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    page = context.new_page()
    page.set_default_timeout(5000)
    yield page
    context.close()


def sign_in(page: Page, server: LiveServer, user: User) -> None:
    page.goto(f"{server.url}/accounts/login/")
    page.fill("[name=login]", user.email)
    page.fill("[name=password]", PASSWORD)
    page.click("form.form button")


def test_a_person_adds_a_passkey_and_signs_in_with_it_alone(
    page: Page, live_server: LiveServer, counsellor: User
) -> None:
    key = page.context.new_cdp_session(page)
    key.send("WebAuthn.enable")
    key.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    sign_in(page, live_server, counsellor)
    page.goto(f"{live_server.url}/accounts/2fa/webauthn/add/")
    page.check("[name=passwordless]")
    page.click("[data-passkey=add] button")
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/accounts/login/?next=/desk/people/me/")
    page.click("[data-passkey=login] button")
    page.wait_for_url("**/desk/people/me/")


def test_without_a_key_the_page_says_so_and_stays(page: Page, live_server: LiveServer, counsellor: User) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('no')) }")
    page.click("[data-passkey=login] button")
    page.wait_for_selector("[data-passkey-failed]:visible")
