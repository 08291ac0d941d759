import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from panoh.ground.accounts import services
from panoh.ground.accounts.errors import PersonRefusedError
from panoh.ground.accounts.models import Role, User
from panoh.ground.audit import public as audit


def test_new_roles_are_written_down_and_end_every_session(admin: Client, counsellor: User, desk: Client) -> None:
    admin.post(f"/desk/people/{counsellor.code}/change-roles/", {"roles": ["supervisor", "viewer"]})
    counsellor.refresh_from_db()
    assert counsellor.role_set == {"supervisor", "viewer"}
    last = audit.trail(counsellor.code)[-1]
    assert last.codes == {"supervisor": True, "viewer": True, "counsellor": False}
    assert desk.get("/desk/people/me/").status_code == 302


def test_nobody_raises_themselves(admin: Client, administrator: User) -> None:
    admin.post(f"/desk/people/{administrator.code}/change-roles/", {"roles": ["administrator", "custodian"]})
    administrator.refresh_from_db()
    assert administrator.role_set == {"administrator"}


@pytest.mark.parametrize("role", Role.values)
def test_no_role_attaches_to_a_learner(administrator: User, teacher: User, role: str) -> None:
    with pytest.raises(PersonRefusedError):
        services.change_roles(teacher, roles=[role], by=administrator)


def test_not_even_the_database_lets_a_role_attach_to_a_learner(teacher: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=teacher.pk).update(roles="counsellor")


def test_a_learner_is_not_found_among_the_people(admin: Client, teacher: User) -> None:
    assert admin.get(f"/desk/people/{teacher.code}/").status_code == 404


def test_a_role_that_does_not_exist_is_refused(administrator: User, counsellor: User) -> None:
    with pytest.raises(PersonRefusedError):
        services.change_roles(counsellor, roles=["king"], by=administrator)


def test_a_supervisor_changes_nobody(supervisor: User, counsellor: User) -> None:
    with pytest.raises(PersonRefusedError):
        services.change_roles(counsellor, roles=["viewer"], by=supervisor)
