from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from panoh.ground.accounts.public import User
from panoh.ground.organisations.public import NumberToCall, record_check
from panoh.learn.portal.queries import contacts
from panoh.learn.portal.services import import_content
from panoh.learn.portal.views.opening import KEPT_SECONDS

pytestmark = pytest.mark.django_db
Number = Callable[..., NumberToCall]


@pytest.fixture(autouse=True)
def published(folder: Path) -> None:
    import_content(folder)


@pytest.fixture
def number(supervisor: User) -> Number:
    """A number checked so many days ago, or never."""

    def make(called: str, age: int | None = 0, **facts: object) -> NumberToCall:
        held = {"names": {"uz": f"Telefon {called}", "ru": f"Телефон {called}"}, **facts}
        made = NumberToCall.objects.create(code=f"n{called}", number=called, **held)
        if age is not None:
            on: date = timezone.localdate() - timedelta(days=age)
            record_check(made, on=on, by=supervisor, evidence="called")
        return made

    return make


def shows(client: Client, path: str, called: str) -> bool:
    return f'href="tel:{called}"' in client.get(path).content.decode()


def test_a_hub_and_a_page_about_trouble_show_whom_to_call_and_other_pages_do_not(
    client: Client, number: Number
) -> None:
    number("112", is_emergency=True)
    assert shows(client, "/uz/for/children/", "112")
    assert shows(client, "/uz/guide/first/", "112")
    assert not shows(client, "/uz/guide/second/", "112")


def test_a_number_is_shown_to_those_it_is_meant_for(client: Client, number: Number) -> None:
    number("112", is_emergency=True, readers=["parent"])
    number("500", readers=["parent"])
    number("600", readers=["child", "professional"])
    number("700", languages=["ru"])
    assert [shows(client, "/uz/for/children/", one) for one in ("112", "500", "600", "700")] == [
        True, False, True, False,
    ]  # fmt: skip
    assert shows(client, "/ru/for/children/", "700")


def test_an_expired_number_disappears_by_itself_and_no_page_is_kept_longer_than_five_minutes(
    client: Client, number: Number
) -> None:
    number("112", is_emergency=True)
    number("500", age=90)
    assert shows(client, "/uz/for/children/", "500")
    NumberToCall.objects.filter(number="500").update(verified_on=timezone.localdate() - timedelta(days=91))
    assert not shows(client, "/uz/for/children/", "500")
    assert int(client.get("/uz/for/children/")["X-Panoh-Cache"]) <= 300
    assert int(KEPT_SECONDS) <= 300


def test_nobody_is_left_without_an_emergency_number(number: Number, settings: Settings) -> None:
    settings.PRODUCTION = True
    number("112", age=200, is_emergency=True)
    number("101", age=None, is_emergency=True)
    (shown,) = contacts("uz", "parents")
    assert (shown.number, shown.is_overdue) == ("112", True)


def test_companies_and_ministries_are_not_sent_to_a_helpline(number: Number) -> None:
    number("112", is_emergency=True)
    assert contacts("uz", "industry") == contacts("uz", "policy") == []


def test_contacts_do_not_raise_the_number_of_queries(
    client: Client, number: Number, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    number("112", is_emergency=True)
    for path in ("/uz/for/children/", "/uz/guide/first/"):
        client.get(path)
        with django_assert_max_num_queries(2):
            client.get(path)
