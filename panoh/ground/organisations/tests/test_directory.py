"""Who is found, who is shown, and when an entry is too old to be."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common.centre import centre_file
from panoh.ground.notify import public as notify

from .. import queries, services
from ..errors import OrganisationRefusedError
from ..models import Organisation, Service
from ..public import load_organisations, organisations_for, service_name, services_shown
from ..services import loading
from .conftest import OrganisationMaker

pytestmark = pytest.mark.django_db


def found(**asked: object) -> list[str]:
    return [one.code for one in organisations_for(**asked)]  # type: ignore[arg-type]


def test_somebody_is_found_by_service_region_language_and_age(organisation: OrganisationMaker) -> None:
    organisation("tashkent", age=1, services=("shelter",), region="UZ-TK")
    organisation("nukus", age=1, accepts=["shelter"], regions=["UZ-QR"], languages=["kaa", "uz"], age_to=17)
    organisation("police", age=1, accepts=["police_response"])
    assert found(service="shelter") == ["nukus", "tashkent"]
    assert found(service="shelter", region="UZ-TK") == ["tashkent"]
    assert found(service="shelter", region="UZ-QR", language="uz-cyrl", age=17) == ["nukus"]
    assert found(service="shelter", region="UZ-QR", language="ru") == []
    assert found(service="shelter", region="UZ-QR", age=18) == []


def test_one_that_takes_nobody_at_present_is_not_offered(organisation: OrganisationMaker) -> None:
    one = organisation(age=1, services=("shelter",), accepts=["shelter"])
    Service.objects.update(accepts=False)
    assert found(service="shelter") == []
    assert found() == [one.code]


def test_those_checked_last_come_first_and_the_stale_say_so(organisation: OrganisationMaker) -> None:
    organisation("stale", age=91)
    organisation("never")
    organisation("due", age=80)
    organisation("trusted", age=90 - 31)
    organisation("off", age=1, is_active=False)
    assert found() == ["trusted", "due", "never", "stale"]
    assert [one.is_stale for one in organisations_for()] == [False, False, False, True]


def test_the_whole_directory_is_found_in_two_queries(
    organisation: OrganisationMaker, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(20):
        organisation(f"o{number}", age=1, services=("shelter", "legal_aid"))
    with django_assert_num_queries(2):
        assert len(organisations_for("shelter", region="UZ-TK", language="ru", age=12)) == 20


# --- what the public sees -------------------------------------------------------------------------------------------


def test_the_public_of_a_real_centre_sees_only_what_was_checked(
    organisation: OrganisationMaker, settings: Settings
) -> None:
    settings.PRODUCTION = True
    organisation("never", services=("shelter",))
    organisation("stale", age=91, services=("shelter",))
    organisation("off", age=1, services=("shelter",), is_active=False)
    organisation("right", age=90, services=("shelter",))
    (shown,) = services_shown("ru")
    assert (shown.organisation, shown.is_example, shown.service) == ("Организация right", False, "Безопасное убежище")


def test_a_service_nobody_checked_is_hidden_though_its_organisation_was(
    organisation: OrganisationMaker, settings: Settings
) -> None:
    settings.PRODUCTION = True
    Service.objects.create(organisation=organisation(age=1), code="shelter")
    assert services_shown("uz") == []


def test_the_demo_centre_marks_examples_and_hides_the_stale(organisation: OrganisationMaker) -> None:
    organisation("never", services=("shelter",))
    organisation("stale", age=91, services=("shelter",))
    assert [(shown.organisation, shown.is_example) for shown in services_shown("en")] == [("never", True)]


def test_each_region_and_age_sees_its_own(organisation: OrganisationMaker) -> None:
    organisation("tashkent", age=1, services=("shelter",), region="UZ-TK")
    organisation("small", age=1, services=("school_support",), age_from=6, age_to=12)
    assert [shown.organisation for shown in services_shown("en", "UZ-TK", 10)] == ["small", "tashkent"]
    assert [shown.organisation for shown in services_shown("en", "UZ-QR", 15)] == []


# --- a check and its age ---------------------------------------------------------------------------------------------


def test_a_check_names_the_services_that_were_confirmed(organisation: OrganisationMaker, supervisor: User) -> None:
    one, today = organisation(), timezone.localdate()
    first = Service.objects.create(organisation=one, code="shelter")
    Service.objects.create(organisation=one, code="legal_aid")
    services.record_organisation_check(one, on=today, evidence="asked", services=[first.pk], by=supervisor)
    assert list(Service.objects.filter(verified_on=today).values_list("code", flat=True)) == ["shelter"]
    assert Organisation.objects.get().freshness == "trusted"


def test_a_check_of_one_organisation_never_reaches_the_services_of_another(
    organisation: OrganisationMaker, supervisor: User
) -> None:
    foreign = Service.objects.create(organisation=organisation("other"), code="shelter")
    services.record_organisation_check(
        organisation("mine"), on=timezone.localdate(), services=[foreign.pk], by=supervisor
    )
    foreign.refresh_from_db()
    assert foreign.verified_on is None


def test_a_check_is_neither_in_the_future_nor_older_than_the_last(
    organisation: OrganisationMaker, supervisor: User
) -> None:
    one, today = organisation(age=5), timezone.localdate()
    for day in (today + timedelta(days=1), today - timedelta(days=6)):
        with pytest.raises(OrganisationRefusedError):
            services.record_organisation_check(one, on=day, by=supervisor)


def test_new_facts_undo_the_check_and_another_route_does_not(organisation: OrganisationMaker, supervisor: User) -> None:
    one = services.change_organisation(organisation(age=1), route="api", by=supervisor)
    assert one.verified_on is not None
    assert services.change_organisation(one, age_to=17, by=supervisor).verified_on is None


def test_taking_no_referrals_this_week_undoes_no_check(organisation: OrganisationMaker, supervisor: User) -> None:
    organisation(age=1, services=("shelter",))
    changed = services.change_service(Service.objects.get(), accepts=False, by=supervisor)
    assert changed.verified_on is not None
    assert services.change_service(changed, region="UZ-TK", by=supervisor).verified_on is None


def test_whoever_only_reads_the_directory_changes_nothing(organisation: OrganisationMaker, counsellor: User) -> None:
    one = organisation(services=("shelter",))
    for act in (
        lambda: services.change_organisation(one, kind="ngo", by=counsellor),
        lambda: services.record_organisation_check(one, on=timezone.localdate(), by=counsellor),
        lambda: services.switch_organisation(one, on=False, by=counsellor),
        lambda: services.add_service(one, code="legal_aid", by=counsellor),
        lambda: services.remove_service(Service.objects.get(), by=counsellor),
    ):
        with pytest.raises(OrganisationRefusedError):
            act()


def test_the_keepers_get_one_letter_for_all_at_each_step(organisation: OrganisationMaker, supervisor: User) -> None:
    organisation("first", age=61)
    organisation("second", age=90)
    organisation("fresh", age=3)
    assert (services.watch_organisations(), services.watch_organisations()) == (2, 0)
    notify.deliver_due()
    (letter,) = mail.outbox
    assert letter.to == [supervisor.email]
    assert "first" in letter.body
    assert "second" in letter.body
    assert "fresh" not in letter.body
    assert [entry.verb for entry in audit.trail("first")] == ["organisation.due"]
    Organisation.objects.filter(code="first").update(verified_on=timezone.localdate() - timedelta(days=75))
    assert services.watch_organisations() == 1


# --- the country's file ----------------------------------------------------------------------------------------------


def test_the_organisations_of_the_centre_load_once_and_all_unchecked(settings: Settings) -> None:
    assert load_organisations() > 14
    assert load_organisations() == 0
    assert not Organisation.objects.filter(verified_on__isnull=False).exists()
    assert not Service.objects.filter(verified_on__isnull=False).exists()
    assert Organisation.objects.filter(code__startswith="inson-", kind="social").exclude(region="").count() == 14
    assert all(shown.is_example for shown in services_shown("en"))
    settings.PRODUCTION = True
    assert services_shown("en") == []


def test_the_file_holds_no_telephone_number_and_no_date() -> None:
    def texts(value: object) -> list[str]:
        if isinstance(value, dict):
            return [text for part in value.values() for text in texts(part)]
        if isinstance(value, list):
            return [text for part in value for text in texts(part)]
        return [value] if isinstance(value, str) else []

    written = texts(centre_file("organisations.toml"))
    assert not [text for text in written if sum(letter.isdigit() for letter in text) > 2]
    assert "verified" not in str(centre_file("organisations.toml")["organisation"])


def test_every_region_is_named_in_the_readers_language() -> None:
    load_organisations()
    one = Organisation.objects.get(code="inson-tk")
    assert "Toshkent" in one.name_in("uz")
    assert "Тошкент" in one.name_in("uz-cyrl")
    assert "Ташкент" in one.name_in("ru")


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "cult"},
        {"route": "pigeon"},
        {"region": "UZ-XX"},
        {"accepts": ["magic"]},
        {"languages": ["tlh"]},
        {"telephone": "102"},
        {"verified_on": "2026-01-01"},
        {"names": {"uz": "a"}},
    ],
)
def test_a_fault_in_the_file_is_named(wrong: dict[str, object]) -> None:
    names = {"uz": "a", "ru": "a", "en": "a", "kaa": "a"}
    right = {"names": names, "kind": "social"}
    assert loading.faults_of(right, []) == []
    assert loading.faults_of({**right, **wrong}, [])


def test_a_service_the_centre_no_longer_knows_still_has_a_name() -> None:
    assert service_name("withdrawn", "uz") == "withdrawn"
    assert service_name("shelter", "uz-cyrl") == "Хавфсиз бошпана"


@pytest.mark.parametrize("name", ["", "Add", "Мактаб", "School 1234567890123", "x" * 90, "inson"])
def test_a_new_organisation_gets_a_code_that_is_free_and_may_stand_in_the_ledger(
    organisation: OrganisationMaker, supervisor: User, name: str
) -> None:
    organisation("inson")
    code = queries.free_code(name)
    assert code
    assert code not in {"add", "inson"}
    assert services.add_organisation(code, names={"en": name}, by=supervisor).code == code
