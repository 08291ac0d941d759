from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from panoh.ground.accounts import services
from panoh.ground.accounts.errors import InvitationRefusedError
from panoh.ground.accounts.models import Invitation, User
from panoh.ground.audit import public as audit

NEW = "nodira@example.test"
ACCEPTED = {"name": "Nodira", "language": "ru", "password1": "four-words-are-good", "password2": "four-words-are-good"}


@pytest.fixture
def link(admin: Client) -> str:
    page = admin.post("/desk/people/invite/", {"email": NEW, "roles": ["counsellor"], "language": "ru"})
    return "/accounts/invitation/" + str(page.context["link"]).rsplit("/", 2)[1] + "/"


def test_the_link_is_mailed_and_shown_and_kept_nowhere(link: str, letters: Callable[[], list[str]]) -> None:
    token = link.rsplit("/", 2)[1]
    assert token in letters()[-1]
    assert not Invitation.objects.filter(token_hash__contains=token).exists()


def test_whoever_holds_the_link_chooses_a_password_and_goes_on_to_the_second_factor(
    anonymous: Client, link: str
) -> None:
    answer = anonymous.get(link)
    assert answer["Location"] == "/accounts/invitation/"
    assert anonymous.get(answer["Location"]).status_code == 200
    assert anonymous.post(answer["Location"], ACCEPTED)["Location"] == "/accounts/2fa/"
    user = User.objects.get(email=NEW)
    assert (user.roles, user.language) == ("counsellor", "ru")
    assert "person.invitation_accepted" in [entry.verb for entry in audit.trail(user.code)]
    assert anonymous.get("/accounts/2fa/totp/activate/").status_code == 200


def test_a_link_works_once(anonymous: Client, link: str) -> None:
    anonymous.get(link)
    anonymous.post("/accounts/invitation/", ACCEPTED)
    assert Client().get(link, follow=True).status_code == 404


def test_an_old_a_withdrawn_and_an_invented_link_look_the_same(admin: Client, link: str) -> None:
    invitation = Invitation.objects.get()
    admin.post(f"/desk/people/invitations/{invitation.code}/withdraw/")
    withdrawn = Client().get(link, follow=True)
    Invitation.objects.update(withdrawn_at=None, expires_at=timezone.now() - timedelta(seconds=1))
    old, invented = Client().get(link, follow=True), Client().get("/accounts/invitation/invented/", follow=True)
    assert {page.status_code for page in (withdrawn, old, invented)} == {404}


def test_two_clicks_at_once_make_one_person(link: str) -> None:
    invitation = Invitation.objects.get()
    services.create_user_from_invitation(invitation, name="Nodira", password="four-words-are-good", language="ru")
    with pytest.raises(InvitationRefusedError):
        services.create_user_from_invitation(invitation, name="Nodira", password="four-words-are-good", language="ru")


def test_a_second_invitation_makes_the_first_useless(admin: Client, link: str) -> None:
    admin.post("/desk/people/invite/", {"email": NEW, "roles": ["viewer"], "language": "uz"})
    assert Client().get(link, follow=True).status_code == 404


def test_somebody_who_is_here_is_not_invited_again(admin: Client, counsellor: User) -> None:
    page = admin.post("/desk/people/invite/", {"email": counsellor.email.upper(), "language": "uz"})
    assert "email" in page.context["form"].errors
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("wrong", [{"password1": "short", "password2": "short"}, {"password2": "something-else-long"}])
def test_a_password_that_will_not_do_is_refused_and_the_name_is_kept(
    anonymous: Client, link: str, wrong: dict[str, str]
) -> None:
    anonymous.get(link)
    page = anonymous.post("/accounts/invitation/", ACCEPTED | wrong)
    assert page.context["form"].errors
    assert 'value="Nodira"' in page.content.decode()
    assert not User.objects.filter(email=NEW).exists()


def test_a_supervisor_cannot_invite(supervisor: User) -> None:
    with pytest.raises(InvitationRefusedError):
        services.invite_person(email=NEW, roles=["counsellor"], language="uz", by=supervisor)


def test_ended_invitations_are_forgotten_and_open_ones_stay(administrator: User) -> None:
    for name in ("open", "ended"):
        services.invite_person(email=f"{name}@example.test", roles=[], language="uz", by=administrator)
    past = timezone.now() - timedelta(days=100)
    Invitation.objects.filter(email="ended@example.test").update(expires_at=past)
    assert services.forget(timezone.now() - timedelta(days=90)) == 1
    assert Invitation.objects.get().email == "open@example.test"
