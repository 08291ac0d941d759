"""A ministry's own directory, played by the answers it would give."""

from collections.abc import Callable, Iterator
from typing import Any
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from pytest_django import Settings

from panoh.ground.accounts.models import User

SERVER = "https://directory.example.test"
VIEWS = "allauth.socialaccount.providers.openid_connect.views.OpenIDConnectOAuth2Adapter"
ENDPOINTS = {name: f"{SERVER}/{name}" for name in ("token_endpoint", "authorization_endpoint", "userinfo_endpoint")}

Come = Callable[..., Any]


@pytest.fixture
def come(settings: Settings, anonymous: Client, db: None) -> Iterator[Come]:
    """Signs in through the directory as the person it describes."""
    app = {"provider_id": "directory", "name": "Ministry", "client_id": "panoh", "secret": "s"}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app | {"settings": {"server_url": SERVER}}]}
    }

    def go(email: str, *, verified: bool = True, process: str = "login") -> Any:
        sent = anonymous.post(f"/accounts/oidc/directory/login/?process={process}")
        state = parse_qs(urlsplit(sent["Location"]).query)["state"][0]
        described = {"sub": "42", "email": email, "email_verified": verified, "name": "As The Directory Says"}
        with patch(f"{VIEWS}._fetch_user_info", return_value=described):
            return anonymous.get("/accounts/oidc/directory/login/callback/", {"code": "c", "state": state})

    with (
        patch(f"{VIEWS}.openid_config", ENDPOINTS),
        patch(f"{VIEWS}.get_access_token_data", return_value={"access_token": "t"}),
    ):
        yield go


def test_somebody_who_works_here_comes_in_and_keeps_name_and_password(come: Come, counsellor: User) -> None:
    assert come("Dilnoza@example.test")["Location"] == "/desk/"
    counsellor.refresh_from_db()
    assert counsellor.name == "Dilnoza"
    assert counsellor.has_usable_password()


def test_the_directory_never_makes_an_account(come: Come, counsellor: User) -> None:
    assert come("newcomer@example.test")["Location"] == "/accounts/directory/error/"
    assert User.objects.count() == 1


def test_an_address_the_directory_does_not_vouch_for_opens_nothing(come: Come, counsellor: User) -> None:
    assert come(counsellor.email, verified=False)["Location"] == "/accounts/directory/error/"


def test_neither_a_switched_off_person_nor_a_learner_comes_in(come: Come, counsellor: User, teacher: User) -> None:
    User.objects.filter(pk=counsellor.pk).update(is_active=False)
    assert come(counsellor.email)["Location"] == "/accounts/directory/error/"
    assert come(teacher.email)["Location"] == "/accounts/directory/error/"


def test_the_directory_does_not_spare_the_second_factor(come: Come, counsellor: User, app_secret: str) -> None:
    assert come(counsellor.email)["Location"] == "/accounts/2fa/authenticate/"


def test_without_a_directory_its_pages_do_not_exist(anonymous: Client, db: None) -> None:
    assert anonymous.get("/accounts/oidc/directory/login/").status_code == 404
