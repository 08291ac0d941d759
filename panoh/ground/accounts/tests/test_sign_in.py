import pytest
from django.test import Client

from panoh.ground.accounts.models import User
from panoh.ground.audit import public as audit

from .conftest import PASSWORD, SignIn


def test_a_counsellor_signs_in_with_address_and_password(sign_in: SignIn, counsellor: User) -> None:
    answer = sign_in("Dilnoza@Example.test")
    assert (answer.status_code, answer["Location"]) == (302, "/desk/")
    assert [entry.verb for entry in audit.trail(counsellor.code)] == ["person.signed_in"]


def test_an_unknown_address_and_a_wrong_password_hear_the_same(sign_in: SignIn, counsellor: User) -> None:
    wrong, unknown = sign_in(counsellor.email, "not the password"), sign_in("nobody@example.test")
    errors = [answer.context["form"].errors.as_json() for answer in (wrong, unknown)]
    assert errors[0] == errors[1]
    assert "password_mismatch" in errors[0]


def test_a_learner_does_not_come_in_by_the_staff_door(sign_in: SignIn, teacher: User, anonymous: Client) -> None:
    answer = sign_in(teacher.email)
    assert "password_mismatch" in answer.context["form"].errors.as_json()
    assert "_auth_user_id" not in anonymous.session


def test_a_switched_off_person_is_told_whom_to_ask(sign_in: SignIn, counsellor: User) -> None:
    User.objects.filter(pk=counsellor.pk).update(is_active=False)
    assert sign_in(counsellor.email)["Location"] == "/accounts/inactive/"


@pytest.mark.parametrize(
    "path", ["signup/", "email/", "3rdparty/", "3rdparty/signup/", "confirm-email/", "login/code/confirm/", "phone/"]
)
def test_pages_of_the_library_that_nobody_needs_do_not_exist(admin: Client, path: str) -> None:
    assert admin.get(f"/accounts/{path}").status_code == 404


@pytest.mark.parametrize(
    "path", ["reauthenticate/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/add/"]
)
def test_pages_about_an_account_ask_a_stranger_to_sign_in(anonymous: Client, db: None, path: str) -> None:
    answer = anonymous.get(f"/accounts/{path}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("path", ["login/", "inactive/", "password/reset/", "password/reset/done/", "directory/error/"])
def test_pages_before_the_sign_in_open_for_everybody_and_stay_in_no_cache(
    anonymous: Client, db: None, path: str
) -> None:
    answer = anonymous.get(f"/accounts/{path}")
    assert answer.status_code in {200, 401}
    assert answer["Cache-Control"] == "no-store"


def test_signing_out_is_written_down(admin: Client, administrator: User) -> None:
    admin.post("/accounts/logout/")
    assert audit.trail(administrator.code)[-1].verb == "person.signed_out"
    assert admin.get("/desk/people/").status_code == 302


def test_a_person_changes_the_password_and_stays_signed_in(admin: Client, administrator: User) -> None:
    new = "another-quite-long-one"
    answer = admin.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert answer["Location"] == "/desk/people/me/"
    assert admin.get("/desk/people/me/").status_code == 200
    administrator.refresh_from_db()
    assert administrator.check_password(new)
