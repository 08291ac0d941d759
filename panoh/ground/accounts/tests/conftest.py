"""Doors of this room's tests: a browser for anyone, codes of an authenticator app."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.core.cache import cache
from django.test import Client

from panoh.ground.accounts.models import User
from panoh.ground.notify import public as notify

PASSWORD = "a-long-enough-password"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

SignIn = Callable[..., Any]
Cast = Callable[..., User]
Browser = Callable[[User], Client]


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def wrong_code_of(secret: str) -> str:
    return f"{(int(code_of(secret)) + 500_000) % 1_000_000:06}"


@pytest.fixture(autouse=True)
def _no_limit_from_another_test() -> None:
    cache.clear()


@pytest.fixture
def sign_in(anonymous: Client) -> SignIn:
    def post(email: str, password: str = PASSWORD) -> Any:
        return anonymous.post("/accounts/login/", {"login": email, "password": password})

    return post


@pytest.fixture
def browser_of() -> Browser:
    """A browser in which this person is signed in."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return make


@pytest.fixture
def admin(administrator: User, browser_of: Browser) -> Client:
    return browser_of(administrator)


@pytest.fixture
def app_secret(counsellor: User) -> str:
    """The counsellor has an authenticator app."""
    TOTP.activate(counsellor, SECRET)
    return SECRET


@pytest.fixture
def letters() -> Callable[[], list[str]]:
    """Sends what waits and gives the bodies of all letters."""

    def read() -> list[str]:
        notify.deliver_due()
        return [str(letter.body) for letter in mail.outbox]

    return read


@pytest.fixture
def reset_link(counsellor: User, letters: Callable[[], list[str]]) -> str:
    """The link in the letter that lets the counsellor choose a new password."""
    Client().post("/accounts/password/reset/", {"email": counsellor.email})
    return next(line for line in letters()[-1].splitlines() if "/accounts/password/reset/key/" in line)
