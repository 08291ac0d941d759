import json
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from panoh.ground.accounts import queries, services
from panoh.ground.accounts.errors import PersonRefusedError
from panoh.ground.accounts.models import User
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .conftest import SignIn, code_of, wrong_code_of


def set_up_app(client: Client) -> str:
    """Walks through the set-up pages; gives the secret."""
    page = client.get("/accounts/2fa/totp/activate/")
    secret = str(page.context["form"].secret)
    assert client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}).status_code == 302
    return secret


@pytest.mark.parametrize(
    "path", ["/desk/", "/desk/people/me/", "/accounts/password/change/", "/accounts/2fa/webauthn/"]
)
def test_where_it_is_compulsory_staff_without_it_reach_only_its_set_up(
    desk: Client, settings: Settings, path: str
) -> None:
    settings.SECOND_FACTOR_COMPULSORY = True
    assert desk.get(path)["Location"] == "/accounts/2fa/"
    assert desk.get("/accounts/2fa/").status_code == 200


def test_once_it_is_set_up_the_desk_opens(desk: Client, settings: Settings) -> None:
    settings.SECOND_FACTOR_COMPULSORY = True
    set_up_app(desk)
    assert desk.get("/desk/people/me/").status_code == 200


def test_the_demo_centre_only_suggests_it(desk: Client) -> None:
    page = desk.get("/desk/people/me/")
    assert page.status_code == 200
    assert page.context["has_second_factor"] is False


def test_no_secret_lies_readable_in_the_database(desk: Client, counsellor: User) -> None:
    secret = set_up_app(desk)
    rows = Authenticator.objects.filter(user=counsellor)
    assert {row.type for row in rows} == {"totp", "recovery_codes"}
    assert all(secret not in json.dumps(row.data) for row in rows)
    assert services.unseal_secret(rows.get(type="totp").data["secret"]) == secret


def test_the_password_alone_does_not_sign_in(
    sign_in: SignIn, counsellor: User, app_secret: str, anonymous: Client
) -> None:
    assert sign_in(counsellor.email)["Location"] == "/accounts/2fa/authenticate/"
    assert anonymous.get("/desk/people/me/").status_code == 302
    answer = anonymous.post("/accounts/2fa/authenticate/", {"code": code_of(app_secret)})
    assert answer["Location"] == "/desk/"
    assert anonymous.get("/desk/people/me/").status_code == 200


def test_a_wrong_code_is_refused_and_the_page_can_be_tried_again(
    sign_in: SignIn, counsellor: User, app_secret: str, anonymous: Client
) -> None:
    sign_in(counsellor.email)
    answer = anonymous.post("/accounts/2fa/authenticate/", {"code": wrong_code_of(app_secret)})
    assert answer.status_code == 200
    assert "code" in answer.context["form"].errors


def test_a_recovery_code_works_once(sign_in: SignIn, counsellor: User, desk: Client, anonymous: Client) -> None:
    set_up_app(desk)
    code = desk.get("/accounts/2fa/recovery-codes/").context["unused_codes"][0]
    sign_in(counsellor.email)
    assert anonymous.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    anonymous.post("/accounts/logout/")
    sign_in(counsellor.email)
    assert anonymous.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200


def test_the_last_factor_cannot_be_taken_away_where_it_is_compulsory(
    sign_in: SignIn, counsellor: User, app_secret: str, anonymous: Client, settings: Settings
) -> None:
    settings.SECOND_FACTOR_COMPULSORY = True
    sign_in(counsellor.email)
    anonymous.post("/accounts/2fa/authenticate/", {"code": code_of(app_secret)})
    anonymous.post("/accounts/reauthenticate/", {"password": "a-long-enough-password"})
    anonymous.post("/accounts/2fa/totp/deactivate/")
    assert queries.has_second_factor(counsellor)


@pytest.mark.django_db(transaction=True)
def test_setting_it_up_is_written_down_and_the_person_is_told(
    desk: Client, counsellor: User, letters: Callable[[], list[str]]
) -> None:
    set_up_app(desk)
    assert "person.totp_activated" in [entry.verb for entry in audit.trail(counsellor.code)]
    assert counsellor.name in letters()[-1]


def test_the_administrator_takes_it_away_after_a_lost_phone(
    admin: Client,
    counsellor: User,
    app_secret: str,
    desk: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    sealed = Authenticator.objects.get(user=counsellor).data["secret"]
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(f"/desk/people/{counsellor.code}/reset-second-factor/")
    assert not queries.has_second_factor(counsellor)
    assert audit.trail(counsellor.code)[-1].verb == "person.second_factor_reset"
    assert desk.get("/desk/people/me/").status_code == 302
    with pytest.raises(vault.ErasedError):
        services.unseal_secret(sealed)


def test_nobody_takes_it_from_themselves_by_the_administrators_page(administrator: User) -> None:
    with pytest.raises(PersonRefusedError):
        services.reset_second_factor(administrator, by=administrator)


def test_the_page_for_a_passkey_gives_the_browser_its_options(desk: Client) -> None:
    page = desk.get("/accounts/2fa/webauthn/add/")
    options = page.content.decode().split('id="js_data" type="application/json">')[1].split("</script>")[0]
    assert json.loads(options)["creation_options"]["publicKey"]["rp"]["id"] == "testserver"


def test_the_sign_in_offers_options_for_a_passkey_to_a_stranger(anonymous: Client, db: None) -> None:
    answer = anonymous.get("/accounts/2fa/webauthn/login/", headers={"accept": "application/json"})
    assert answer.json()["request_options"]["publicKey"]["userVerification"] == "required"


def test_the_picture_for_the_phone_is_dark_on_white_in_every_theme(desk: Client) -> None:
    assert 'fill="white"' in desk.get("/accounts/2fa/totp/activate/").context["totp_svg"]
