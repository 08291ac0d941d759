"""The directory at the desk: supervisors and administrators keep it, those who refer read it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .. import services
from ..models import Organisation, Service
from .conftest import OrganisationMaker

pytestmark = pytest.mark.django_db

FILLED = {"kind": "social", "route": "link", "region": "UZ-TK", "accepts": ["shelter"], "age_to": "17"} | {
    f"names_{code}": f"Boshpana {code}" for code in ("uz", "ru", "en", "kaa")
}


@pytest.fixture
def keeper(client: Client, supervisor: User) -> Client:
    client.force_login(supervisor)
    return client


def page(client: Client, name: str, *args: object, **data: object) -> str:
    answer = (
        client.post(reverse(f"organisations:{name}", args=args), data)
        if data
        else client.get(reverse(f"organisations:{name}", args=args))
    )
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_supervisor_adds_an_organisation_with_a_service_and_checks_both(keeper: Client, supervisor: User) -> None:
    keeper.post(reverse("organisations:add_organisation"), FILLED)
    one = Organisation.objects.get()
    assert (one.code, one.freshness) == ("boshpana-en", "never")
    keeper.post(reverse("organisations:add_service", args=[one.code]), {"code": "shelter", "accepts": "on"})
    service = Service.objects.get()
    check = {"on": timezone.localdate(), "evidence": "asked at ten", "services": [service.pk]}
    answer = keeper.post(reverse("organisations:check_organisation", args=[one.code]), check)
    assert answer.status_code == 302
    one.refresh_from_db()
    service.refresh_from_db()
    assert (one.freshness, one.verified_by, service.freshness) == ("trusted", supervisor, "trusted")
    verbs = {entry.verb for entry in audit.trail(one.code)}
    assert verbs == {"organisation.added", "service.added", "organisation.checked"}


def test_the_form_shows_what_is_written_and_takes_a_change(keeper: Client, organisation: OrganisationMaker) -> None:
    one = organisation(age=1, age_to=17)
    assert 'value="17"' in page(keeper, "edit_organisation", one.code)
    keeper.post(reverse("organisations:edit_organisation", args=[one.code]), FILLED)
    one.refresh_from_db()
    assert (one.region, one.verified_on) == ("UZ-TK", None)


def test_a_wrong_age_is_asked_again_with_what_was_typed(keeper: Client) -> None:
    text = page(keeper, "add_organisation", **{**FILLED, "age_from": "18"})
    assert "Boshpana ru" in text
    assert not Organisation.objects.exists()


def test_one_service_stands_once_for_a_region(keeper: Client, organisation: OrganisationMaker) -> None:
    one = organisation(services=("shelter",))
    text = page(keeper, "add_service", one.code, code="shelter")
    assert "error-summary" in text
    assert Service.objects.count() == 1


def test_a_service_is_edited_and_taken_off(keeper: Client, organisation: OrganisationMaker) -> None:
    one = organisation(services=("shelter",), age=1)
    pk = Service.objects.get().pk
    keeper.post(reverse("organisations:edit_service", args=[one.code, pk]), {"code": "shelter"})
    assert not Service.objects.get().accepts
    keeper.post(reverse("organisations:remove_service", args=[one.code, pk]))
    assert not Service.objects.exists()


def test_a_service_of_another_organisation_is_not_found_here(keeper: Client, organisation: OrganisationMaker) -> None:
    mine, other = organisation("mine"), organisation("other", services=("shelter",))
    pk = other.services.get().pk
    assert keeper.get(reverse("organisations:edit_service", args=[mine.code, pk])).status_code == 404
    assert keeper.post(reverse("organisations:remove_service", args=[mine.code, pk])).status_code == 404


def test_the_search_finds_names_in_every_script_and_leaves_no_word_in_the_address(
    desk: Client, organisation: OrganisationMaker
) -> None:
    organisation("inson-tk", names={"uz": "Inson markazi, Toshkent", "ru": "Центр «Инсон», Ташкент"}, region="UZ-TK")
    organisation("police", kind="police", names={"uz": "Ichki ishlar"})
    for text in ("toshkent", "Тошкент", "ИНСОН", "Ташкент"):
        found = page(desk, "directory", text=text)
        assert "Inson markazi" in found
        assert "Ichki ishlar" not in found
    found = page(desk, "directory", kind="police")
    assert "Inson markazi" not in found


def test_the_list_is_filtered_by_service_and_state(desk: Client, organisation: OrganisationMaker) -> None:
    organisation("old", age=120, accepts=["shelter"])
    organisation("new", age=1, services=("legal_aid",))
    assert "Tashkilot old" in page(desk, "directory", state="stale")
    assert "Tashkilot new" not in page(desk, "directory", state="stale")
    assert "Tashkilot new" in page(desk, "directory", service="legal_aid")
    assert "Tashkilot old" not in page(desk, "directory", service="legal_aid")


def test_the_list_costs_the_same_for_few_and_for_many(
    desk: Client, organisation: OrganisationMaker, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(60):
        organisation(f"o{number}", services=("shelter", "legal_aid"))
    with django_assert_max_num_queries(7):
        assert desk.get(reverse("organisations:directory")).status_code == 200


def test_a_stale_entry_warns_whoever_wants_to_refer(desk: Client, organisation: OrganisationMaker) -> None:
    assert "notice-danger" in page(desk, "organisation", organisation("old", age=91).code)
    assert "notice-danger" not in page(desk, "organisation", organisation("new", age=90).code)


def test_a_caseworker_and_a_counsellor_read_and_do_not_keep(
    client: Client, person: Any, counsellor: User, organisation: OrganisationMaker
) -> None:
    one = organisation(age=1)
    for reader in (person("caseworker"), counsellor):
        client.force_login(reader)
        text = page(client, "organisation", one.code)
        assert reverse("organisations:edit_organisation", args=[one.code]) not in text
        for name in ("edit_organisation", "check_organisation", "add_service", "add_focal_point", "add_client"):
            assert client.get(reverse(f"organisations:{name}", args=[one.code])).status_code == 403
        assert client.post(reverse("organisations:switch_organisation", args=[one.code])).status_code == 403


def test_others_have_no_business_here(client: Client, officer: User, editor: User, stranger: User) -> None:
    for other in (officer, editor, stranger):
        client.force_login(other)
        assert client.get(reverse("organisations:directory")).status_code == 403


def test_a_switched_off_organisation_is_hidden_from_readers_like_a_missing_one(
    desk: Client, organisation: OrganisationMaker, supervisor: User
) -> None:
    one = organisation(age=1)
    services.switch_organisation(one, on=False, by=supervisor)
    assert desk.get(reverse("organisations:organisation", args=[one.code])).status_code == 404
    assert desk.get(reverse("organisations:organisation", args=["nobody"])).status_code == 404


def test_a_keeper_switches_it_on_again(keeper: Client, organisation: OrganisationMaker) -> None:
    one = organisation(is_active=False)
    keeper.post(reverse("organisations:switch_organisation", args=[one.code]), {"on": "1"})
    one.refresh_from_db()
    assert one.is_active
