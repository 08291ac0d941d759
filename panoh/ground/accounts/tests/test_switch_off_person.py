import pytest
from django.test import Client

from panoh.ground.accounts import services
from panoh.ground.accounts.errors import PersonRefusedError
from panoh.ground.accounts.models import User
from panoh.ground.accounts.public import create_person, staff_with_role
from panoh.ground.audit import public as audit

from .conftest import SignIn


def test_a_switched_off_person_is_out_at_once(admin: Client, counsellor: User, desk: Client) -> None:
    admin.post(f"/desk/people/{counsellor.code}/switch-off/")
    assert desk.get("/desk/people/me/").status_code == 302
    assert counsellor not in staff_with_role("counsellor")


def test_switching_on_again_lets_the_person_in_but_revives_no_session(
    admin: Client, counsellor: User, desk: Client, sign_in: SignIn
) -> None:
    admin.post(f"/desk/people/{counsellor.code}/switch-off/")
    admin.post(f"/desk/people/{counsellor.code}/switch-on/")
    assert desk.get("/desk/people/me/").status_code == 302
    assert sign_in(counsellor.email)["Location"] == "/desk/"
    verbs = [entry.verb for entry in audit.trail(counsellor.code)]
    assert verbs[:2] == ["person.switched_off", "person.switched_on"]


def test_nobody_switches_themselves_off(administrator: User) -> None:
    with pytest.raises(PersonRefusedError):
        services.switch_off_person(administrator, by=administrator)


def test_the_administrator_signs_somebody_out_everywhere(admin: Client, counsellor: User, desk: Client) -> None:
    admin.post(f"/desk/people/{counsellor.code}/end-sessions/")
    assert desk.get("/desk/people/me/").status_code == 302
    assert audit.trail(counsellor.code)[-1].verb == "person.sessions_ended"


def test_a_person_made_for_the_demo_centre_can_sign_in(sign_in: SignIn, db: None) -> None:
    made = create_person(
        email="Olim@example.test", name="Olim", roles=["counsellor"], password="a-long-enough-password"
    )
    assert sign_in("olim@example.test").status_code == 302
    assert audit.trail(made.code)[0].codes == {"counsellor": True}


def test_two_people_cannot_share_an_address(counsellor: User) -> None:
    with pytest.raises(PersonRefusedError):
        create_person(email=counsellor.email, name="Another")
