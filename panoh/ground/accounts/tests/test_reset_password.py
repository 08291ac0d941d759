from collections.abc import Callable

from django.test import Client

from panoh.ground.accounts.models import User


def test_an_unknown_address_gets_the_same_answer_and_no_letter(
    anonymous: Client, counsellor: User, letters: Callable[[], list[str]]
) -> None:
    known = anonymous.post("/accounts/password/reset/", {"email": counsellor.email})
    unknown = anonymous.post("/accounts/password/reset/", {"email": "nobody@example.test"})
    assert known["Location"] == unknown["Location"]
    assert len(letters()) == 1


def test_the_key_leaves_the_address_before_the_form_is_shown(anonymous: Client, reset_link: str) -> None:
    form = anonymous.get(reset_link, follow=True)
    assert form.status_code == 200
    assert form.request["PATH_INFO"].endswith("-set-password/")


def test_a_link_works_once(anonymous: Client, counsellor: User, reset_link: str) -> None:
    path = anonymous.get(reset_link, follow=True).request["PATH_INFO"]
    new = {"password1": "another-quite-long-one", "password2": "another-quite-long-one"}
    assert anonymous.post(path, new).status_code == 302
    assert anonymous.get(reset_link, follow=True).context["token_fail"]


def test_a_new_password_signs_nobody_in_and_ends_every_session(
    anonymous: Client, counsellor: User, desk: Client, reset_link: str
) -> None:
    path = anonymous.get(reset_link, follow=True).request["PATH_INFO"]
    anonymous.post(path, {"password1": "another-quite-long-one", "password2": "another-quite-long-one"})
    assert "_auth_user_id" not in anonymous.session
    assert desk.get("/desk/people/me/").status_code == 302


def test_a_password_that_is_too_short_is_refused(anonymous: Client, reset_link: str) -> None:
    path = anonymous.get(reset_link, follow=True).request["PATH_INFO"]
    answer = anonymous.post(path, {"password1": "short", "password2": "short"})
    assert answer.status_code == 200
    assert "password1" in answer.context["form"].errors
