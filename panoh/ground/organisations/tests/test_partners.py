"""Who speaks for an organisation: focal points, sealed and dated, and officers with an account."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .. import queries, services
from ..errors import OrganisationRefusedError
from ..models import FocalPoint, Membership, Organisation
from ..public import focal_point, members_of, organisation_of
from .conftest import OrganisationMaker

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 15)
NAME, EMAIL, PHONE = "Gulnora Rahimova", "gulnora@inson.example", "+998 90 000-00-00"


@pytest.fixture
def one(organisation: OrganisationMaker) -> Organisation:
    return organisation(age=1)


def name_focal(one: Organisation, by: User, **more: object) -> FocalPoint:
    said: dict[str, object] = {"name": NAME, "email": EMAIL, "phone": PHONE, "valid_from": DAY, **more}
    return services.add_focal_point(one, by=by, **said)  # type: ignore[arg-type]


def test_name_and_addresses_of_a_focal_point_lie_sealed(one: Organisation, supervisor: User) -> None:
    row = name_focal(one, supervisor)
    stored = FocalPoint.objects.values_list().get()
    plain = repr([bytes(value) if isinstance(value, memoryview) else value for value in stored])
    for said in (NAME, EMAIL, PHONE, "Gulnora"):
        assert said not in plain
    person = focal_point(one, DAY)
    assert person is not None
    assert (person.name, person.email, person.phone) == (NAME, EMAIL, PHONE)
    assert NAME not in repr(person)
    with pytest.raises(vault.TamperedError):
        vault.unseal(row.data_key, row.name, where=queries.where_words(row, "email"))


def test_the_one_named_last_speaks_for_a_day_and_nobody_before_or_after(one: Organisation, supervisor: User) -> None:
    name_focal(one, supervisor, name="First", valid_until=DAY + timedelta(days=30))
    name_focal(
        one, supervisor, name="Second", valid_from=DAY + timedelta(days=10), valid_until=DAY + timedelta(days=20)
    )
    named = [focal_point(one, DAY + timedelta(days=day)) for day in (-1, 0, 9, 10, 20, 21, 30, 31)]
    assert [person.name if person else "" for person in named] == [
        "", "First", "First", "Second", "Second", "First", "First", "",
    ]  # fmt: skip


def test_a_focal_point_can_be_reached_and_its_days_are_in_order(one: Organisation, supervisor: User) -> None:
    with pytest.raises(OrganisationRefusedError):
        name_focal(one, supervisor, email="", phone="")
    with pytest.raises(OrganisationRefusedError):
        name_focal(one, supervisor, valid_until=DAY - timedelta(days=1))
    with pytest.raises(OrganisationRefusedError):
        services.end_focal_point(name_focal(one, supervisor), on=DAY - timedelta(days=1), by=supervisor)


def test_a_focal_point_is_added_read_and_ended_at_the_desk(
    client: Client, one: Organisation, supervisor: User, counsellor: User
) -> None:
    client.force_login(supervisor)
    said = {"name": NAME, "email": EMAIL, "language": "ru", "valid_from": "2026-06-15", "is_national": "on"}
    client.post(reverse("organisations:add_focal_point", args=[one.code]), said)
    row = FocalPoint.objects.get()
    client.force_login(counsellor)
    page = client.get(reverse("organisations:organisation", args=[one.code]))
    assert NAME in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert [entry.actor for entry in audit.trail(one.code) if entry.verb == "focal_point.read"] == [counsellor.code]
    client.force_login(supervisor)
    client.post(reverse("organisations:end_focal_point", args=[one.code, row.pk]), {"on": "2026-06-20"})
    assert FocalPoint.objects.get().valid_until == date(2026, 6, 20)


def test_a_focal_point_of_another_organisation_is_not_found_here(
    client: Client, one: Organisation, organisation: OrganisationMaker, supervisor: User
) -> None:
    client.force_login(supervisor)
    row = name_focal(organisation("other"), supervisor)
    assert client.get(reverse("organisations:end_focal_point", args=[one.code, row.pk])).status_code == 404


def test_after_their_time_a_focal_point_is_erased_with_its_key(
    one: Organisation,
    supervisor: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    old = name_focal(one, supervisor, valid_until=DAY)
    name_focal(one, supervisor, name="Still there")
    with django_capture_on_commit_callbacks(execute=True):
        assert services.forget_focal_points(datetime(2026, 6, 16, tzinfo=UTC)) == 1
    assert FocalPoint.objects.count() == 1
    with pytest.raises(vault.ErasedError):
        vault.unseal(old.data_key, old.name, where=queries.where_words(old, "name"))


# --- officers --------------------------------------------------------------------------------------------------------


def test_an_officer_works_for_one_organisation_until_the_access_ends(
    client: Client, one: Organisation, supervisor: User, officer: User
) -> None:
    assert organisation_of(officer) is None
    client.force_login(supervisor)
    client.post(reverse("organisations:add_member", args=[one.code]), {"officer": officer.code})
    assert organisation_of(officer) == one
    assert list(members_of(one)) == [officer]
    client.post(reverse("organisations:end_member", args=[one.code, officer.code]))
    assert organisation_of(officer) is None
    assert list(members_of(one)) == []
    assert Membership.objects.get().until is not None


def test_only_an_officer_who_works_nowhere_can_be_linked(
    one: Organisation, organisation: OrganisationMaker, supervisor: User, officer: User, counsellor: User
) -> None:
    services.add_member(one, officer, by=supervisor)
    with pytest.raises(OrganisationRefusedError):
        services.add_member(organisation("other"), officer, by=supervisor)
    with pytest.raises(OrganisationRefusedError):
        services.add_member(one, counsellor, by=supervisor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=officer, organisation=one)


@pytest.mark.parametrize("change", ["off", "role", "account"])
def test_who_lost_the_role_the_account_or_the_organisation_sees_nothing(
    one: Organisation, supervisor: User, officer: User, change: str
) -> None:
    services.add_member(one, officer, by=supervisor)
    if change == "off":
        services.switch_organisation(one, on=False, by=supervisor)
    else:
        field, value = {"role": ("roles", ""), "account": ("is_active", False)}[change]
        setattr(officer, field, value)
        officer.save()
    assert organisation_of(officer) is None
