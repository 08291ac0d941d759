"""The staff home: one's own day, and one search across the rooms that finds only what one may read."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from panoh.care.cases import public as cases
from panoh.care.helpline import public as helpline
from panoh.ground.accounts.public import User
from panoh.ground.organisations import public as organisations

Cast = Callable[..., User]


@pytest.fixture
def caseworker(person: Cast) -> User:
    return person("caseworker", name="Nodira")


def case_of(owner: User) -> cases.Case:
    return cases.open_case(alias="Humo-4821", language="uz", by=owner, owner=owner, urgency=2, kind="sextortion")


def test_the_day_of_a_caseworker_names_what_is_overdue(client: Client, caseworker: User) -> None:
    case = case_of(caseworker)
    type(case)._default_manager.filter(pk=case.pk).update(next_due_at=timezone.now() - timedelta(hours=1))
    client.force_login(caseworker)
    day = client.get("/desk/").context["day"]
    assert [one.reference for one in day.overdue] == [case.reference]


def test_the_home_of_every_role_opens_in_few_queries(
    client: Client, person: Cast, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for role in ("counsellor", "supervisor", "caseworker", "hotline_analyst", "custodian", "viewer", "partner_officer"):
        client.force_login(person(role))
        with django_assert_max_num_queries(45):  # type: ignore[attr-defined]
            assert client.get("/desk/").status_code == 200


def test_home_and_search_offer_a_field_to_type_into(client: Client, caseworker: User) -> None:
    client.force_login(caseworker)
    for address in ("/desk/", "/desk/search/"):
        assert 'name="words"' in client.get(address).content.decode()


def test_one_search_finds_a_case_by_its_number_and_a_stranger_finds_nothing(
    client: Client, caseworker: User, person: Cast
) -> None:
    case = case_of(caseworker)
    client.force_login(caseworker)
    assert case.reference in client.post("/desk/search/", {"words": case.reference}).content.decode()
    client.force_login(person("caseworker", name="Other"))
    found = client.post("/desk/search/", {"words": case.reference}).context["found"]
    assert found.is_empty


def test_what_is_looked_for_stands_in_no_address(client: Client, caseworker: User) -> None:
    client.force_login(caseworker)
    page = client.post("/desk/search/", {"words": "Oʻgʻiloy"})
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert client.get("/desk/search/?words=Oʻgʻiloy").context["found"] is None


def test_a_finished_talk_stays_readable_only_while_it_is_on_a_case(client: Client, caseworker: User) -> None:
    talk = helpline.start_talk(channel="web", language="uz", caller_role="child")
    helpline.answer_step(talk, caller_role="child", danger="no")
    helpline.request_person(talk)
    helpline.receive_words(talk, body="Salom", key=uuid.uuid4())
    ended = timezone.now() - timedelta(days=60)
    type(talk)._default_manager.filter(pk=talk.pk).update(status="closed", closed_at=ended)
    address = f"/desk/talks/{talk.conversation.reference}/"
    client.force_login(caseworker)
    assert client.get(address).status_code == 404
    case = case_of(caseworker)
    cases.link_to_case(
        case, kind="talk", reference=talk.conversation.reference, conversation=talk.conversation, by=caseworker
    )
    assert client.get(address).status_code == 200


def test_who_keeps_the_numbers_reads_at_home_how_many_need_a_check(client: Client, person: Cast) -> None:
    organisations.load_numbers()
    client.force_login(person("administrator"))
    page = client.get("/desk/")
    assert page.context["day"].ageing["numbers"] == len(organisations.due_numbers()) > 0
    assert 'href="/desk/numbers/"' in page.content.decode().partition("<main")[2]
    client.force_login(person("counsellor"))
    assert client.get("/desk/").context["day"].ageing == {}
