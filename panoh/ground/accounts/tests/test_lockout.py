from datetime import timedelta

from django.test import Client
from django.utils import timezone

from panoh.ground.accounts.models import User
from panoh.ground.audit import public as audit

from .conftest import PASSWORD, SignIn, wrong_code_of


def fail(sign_in: SignIn, email: str, times: int) -> None:
    for _ in range(times):
        sign_in(email, "not the password")


def test_five_failures_do_not_lock(sign_in: SignIn, counsellor: User) -> None:
    fail(sign_in, counsellor.email, 5)
    assert sign_in(counsellor.email).status_code == 302


def test_the_sixth_failure_in_a_row_locks_for_half_an_hour(sign_in: SignIn, counsellor: User) -> None:
    fail(sign_in, counsellor.email, 6)
    assert sign_in(counsellor.email).status_code == 200
    counsellor.refresh_from_db()
    assert counsellor.locked_until is not None
    assert timedelta(minutes=29) < counsellor.locked_until - timezone.now() <= timedelta(minutes=30)
    assert audit.trail(counsellor.code)[-1].verb == "person.locked_out"


def test_a_locked_address_and_an_unknown_one_hear_the_same(sign_in: SignIn, counsellor: User) -> None:
    fail(sign_in, counsellor.email, 6)
    locked, unknown = sign_in(counsellor.email), sign_in("nobody@example.test")
    assert locked.context["form"].errors == unknown.context["form"].errors


def test_after_half_an_hour_the_right_password_opens_again(sign_in: SignIn, counsellor: User) -> None:
    fail(sign_in, counsellor.email, 6)
    User.objects.filter(pk=counsellor.pk).update(locked_until=timezone.now() - timedelta(seconds=1))
    assert sign_in(counsellor.email).status_code == 302


def test_a_sign_in_forgives_the_failures_before_it(sign_in: SignIn, counsellor: User, anonymous: Client) -> None:
    fail(sign_in, counsellor.email, 5)
    sign_in(counsellor.email)
    anonymous.logout()
    fail(sign_in, counsellor.email, 5)
    assert sign_in(counsellor.email).status_code == 302


def test_wrong_codes_count_and_a_right_password_between_forgives_nothing(
    sign_in: SignIn, counsellor: User, app_secret: str, anonymous: Client
) -> None:
    for _ in range(6):
        sign_in(counsellor.email, PASSWORD)
        anonymous.post("/accounts/2fa/authenticate/", {"code": wrong_code_of(app_secret)})
    counsellor.refresh_from_db()
    assert counsellor.is_locked


def test_a_new_password_through_the_mailbox_opens_a_resting_account(
    sign_in: SignIn, counsellor: User, anonymous: Client, reset_link: str
) -> None:
    fail(sign_in, counsellor.email, 6)
    form = anonymous.get(reset_link, follow=True)
    new = {"password1": "another-quite-long-one", "password2": "another-quite-long-one"}
    anonymous.post(form.request["PATH_INFO"], new)
    assert sign_in(counsellor.email, "another-quite-long-one").status_code == 302
