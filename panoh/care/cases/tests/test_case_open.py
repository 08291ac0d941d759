"""A case is opened for a child, by hand or from a talk that a page above handed over."""

import pytest
from django.test import Client
from django.urls import reverse

from panoh.care.cases import public as cases
from panoh.care.cases.models import Case, CaseCell, Detail, Look
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .case_cast import a_talk, at, browser, fresh

pytestmark = pytest.mark.django_db
NEW = {"urgency": "2", "language": "uz", "kind": "cyberbullying", "region": "UZ-TK", "full_name": "Oʻgʻiloy Karimova"}


@pytest.fixture
def conversation() -> talks.Conversation:
    return talks.open_conversation(channel="web", language="kaa")


def test_a_caseworker_opens_a_case_and_leads_it(worker: User) -> None:
    answer = browser(worker).post(reverse("cases:open_case"), NEW)
    case = Case.objects.get()
    assert answer["Location"] == at("case", case)
    assert (case.owner, case.urgency, case.region, case.language) == (worker, 2, "UZ-TK", "uz")
    page = browser(worker).get(at("case", case)).content.decode()
    assert "Oʻgʻiloy Karimova" in page


def test_a_counsellor_opens_one_and_somebody_else_leads_it(desk: Client, counsellor: User) -> None:
    desk.post(reverse("cases:open_case"), NEW)
    case = Case.objects.get()
    assert (case.owner, case.opened_by) == (None, counsellor)


def test_the_name_lies_sealed_under_the_key_of_the_case(worker: User) -> None:
    browser(worker).post(reverse("cases:open_case"), NEW)
    detail = Detail.objects.get(field="full_name")
    assert b"Karimova" not in bytes(detail.value)


def test_a_talk_is_tied_to_its_case_and_two_presses_make_one(
    desk: Client, counsellor: User, conversation: talks.Conversation
) -> None:
    path = cases.opening_path(counsellor, conversation, kind="talk", reference=conversation.reference)
    page = desk.get(path)
    signed = page.context["form"].initial["signed"]
    for _press in range(2):
        assert desk.post(reverse("cases:open_case"), {**NEW, "language": "kaa", "signed": signed}).status_code == 302
    case = Case.objects.get()
    assert (case.alias, case.language, case.kind) == (conversation.alias, "kaa", "cyberbullying")
    assert [link.conversation for link in case.links.all()] == [conversation]
    assert case.people.count() == 1
    assert list(cases.conversations_open_to(counsellor)) == [conversation.pk]
    assert cases.references_of([conversation.pk]) == {conversation.pk: [case.reference]}


def test_what_was_signed_for_another_ties_nothing(
    desk: Client, supervisor: User, conversation: talks.Conversation
) -> None:
    path = cases.opening_path(supervisor, conversation, kind="talk", reference=conversation.reference)
    signed = path.partition("for=")[2]
    for told in (signed, signed[:-3] + "abc", conversation.reference, str(conversation.pk)):
        desk.post(reverse("cases:open_case"), {**NEW, "signed": told})
    assert Case.objects.count() == 4
    assert not Case.objects.filter(links__isnull=False).exists()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(desk: Client) -> None:
    answer = desk.post(reverse("cases:open_case"), {**NEW, "urgency": "9"})
    assert answer.status_code == 422
    assert "Oʻgʻiloy Karimova" in answer.content.decode()
    assert not Case.objects.exists()


def test_an_opened_case_is_counted_without_a_name(case: Case) -> None:
    assert CaseCell.objects.filter(event="opened").exists()


def test_the_reporter_can_be_told_how_many_looked(case: Case, worker: User, supervisor: User) -> None:
    conversation = a_talk(case, by=worker)
    browser(worker).get(at("case", case))
    browser(worker).get(at("case", case))
    assert audit.count_views(conversation.reference) == 1
    assert audit.count_views(case.reference) == 1
    browser(supervisor).post(at("give_purpose", case), {"purpose": "quality", "reason": "Monthly check"})
    assert audit.count_views(conversation.reference) == 2
    assert Look.objects.filter(case=fresh(case)).count() == 2
