"""Nobody finds out alone who is behind an alias; and at U1, where one may, others hear of it at once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panoh.care.cases import public as cases
from panoh.care.cases import queries, services
from panoh.care.cases.errors import RevealRefusedError
from panoh.care.cases.models import BreakGlass, Case, Reveal
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify

from .case_cast import WHY, a_case, a_talk, at, browser

pytestmark = pytest.mark.django_db
Cast = Callable[..., User]
WHO = "771234567"


@pytest.fixture
def talk(case: Case, worker: User) -> talks.Conversation:
    return a_talk(case, by=worker, external_id=WHO)


@pytest.fixture
def asked(case: Case, worker: User, talk: talks.Conversation) -> Reveal:
    browser(worker).post(at("ask_reveal", case), {"of": talk.reference, "reason": WHY})
    return Reveal.objects.get()


def decide(client: Client, reveal: Reveal, decision: str = "grant", note: str = "") -> Any:
    return client.post(reverse("cases:decide_reveal", args=[reveal.pk]), {"decision": decision, "note": note})


def open_it(client: Client, case: Case, reveal: Reveal) -> str:
    return client.post(at("open_reveal", case, reveal.pk), follow=True).content.decode()


def test_one_asks_another_decides_and_it_is_shown_once(
    case: Case, worker: User, custodian: User, asked: Reveal, talk: talks.Conversation
) -> None:
    mine = browser(worker)
    assert WHO not in open_it(mine, case, asked)
    page = browser(custodian).get(reverse("cases:reveals")).content.decode()
    assert WHY in page
    assert WHO not in page
    decide(browser(custodian), asked)
    assert WHO in open_it(mine, case, asked)
    assert WHO not in open_it(mine, case, asked)
    assert WHO not in mine.get(at("case", case)).content.decode()
    verbs = [entry.verb for entry in audit.trail(case.reference)]
    assert verbs.count("identity.revealed") == 1
    assert [entry.verb for entry in audit.trail(talk.reference)].count("identity.revealed") == 1
    assert WHO not in repr(list(audit.Entry.objects.values()))


def test_a_whole_reason_is_asked_for(case: Case, worker: User, talk: talks.Conversation) -> None:
    answer = browser(worker).post(at("ask_reveal", case), {"of": talk.reference, "reason": "because"})
    assert answer.status_code == 422
    assert not Reveal.objects.exists()


def test_nobody_else_decides(
    case: Case, asked: Reveal, supervisor: User, administrator: User, worker: User, person: Cast
) -> None:
    for user in (supervisor, administrator, worker):
        assert decide(browser(user), asked).status_code == 403
        with pytest.raises(RevealRefusedError):
            services.decide_reveal(asked, grant=True, by=user)
    with pytest.raises(RevealRefusedError):
        services.open_reveal(asked, by=worker)


def test_who_hands_out_roles_cannot_be_the_second_person(asked: Reveal, person: Cast) -> None:
    both = person("administrator", "custodian", name="Aziza Both")
    assert decide(browser(both), asked).status_code == 404
    with pytest.raises(RevealRefusedError):
        services.decide_reveal(asked, grant=True, by=both)


def test_one_person_cannot_play_both(person: Cast) -> None:
    both = person("caseworker", "custodian", name="Timur")
    case = a_case(both, owner=both)
    talk = a_talk(case, by=both)
    reveal = services.ask_reveal(case, conversation=talk, reason=WHY, by=both)
    assert decide(browser(both), reveal).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        Reveal.objects.update(decided_by=both, decided_at=timezone.now(), decision="granted")
    with pytest.raises(IntegrityError), transaction.atomic():
        Reveal.objects.update(opened_at=timezone.now())


def test_a_custodian_and_an_administrator_see_no_case_and_open_nothing(
    case: Case, custodian: User, administrator: User, asked: Reveal
) -> None:
    decide(browser(custodian), asked)
    for user in (custodian, administrator):
        assert browser(user).get(at("case", case)).status_code == 403
        assert browser(user).post(at("open_reveal", case, asked.pk)).status_code == 403
        with pytest.raises(RevealRefusedError):
            services.open_reveal(asked, by=user)


def test_a_supervisor_does_not_open_what_another_was_granted(
    case: Case, custodian: User, supervisor: User, asked: Reveal
) -> None:
    decide(browser(custodian), asked)
    assert browser(supervisor).post(at("open_reveal", case, asked.pk)).status_code == 404


def test_a_yes_holds_for_some_minutes(case: Case, worker: User, custodian: User, asked: Reveal) -> None:
    decide(browser(custodian), asked)
    Reveal.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert WHO not in open_it(browser(worker), case, asked)


def test_a_no_has_a_reason_and_stays(case: Case, worker: User, custodian: User, asked: Reveal) -> None:
    theirs = browser(custodian)
    assert decide(theirs, asked, "refuse").status_code == 422
    decide(theirs, asked, "refuse", "Ask the child first.")
    assert decide(theirs, asked).status_code == 422
    assert WHO not in open_it(browser(worker), case, asked)
    assert "Ask the child first." in browser(worker).get(at("case", case)).content.decode()


def test_a_yes_ends_with_the_case_in_other_hands(
    case: Case, worker: User, second_worker: User, supervisor: User, custodian: User, asked: Reveal
) -> None:
    decide(browser(custodian), asked)
    services.assign_case(case, to=second_worker, by=supervisor)
    Case.objects.filter(pk=case.pk).update(opened_by=second_worker)
    assert browser(worker).post(at("open_reveal", case, asked.pk)).status_code == 404
    with pytest.raises(RevealRefusedError):
        services.open_reveal(asked, by=worker)


def test_a_talk_of_another_case_is_not_reached(case: Case, worker: User, second_worker: User) -> None:
    other = a_case(second_worker, owner=second_worker)
    talk = a_talk(other, by=second_worker, external_id="88")
    with pytest.raises(RevealRefusedError):
        services.ask_reveal(case, conversation=talk, reason=WHY, by=worker)


def test_of_a_talk_in_the_web_nothing_is_known(case: Case, worker: User) -> None:
    talk = talks.open_conversation(channel="web", language="uz")
    services.link_to_case(case, kind="talk", reference=talk.reference, conversation=talk, by=worker)
    with pytest.raises(RevealRefusedError, match="Nothing is known"):
        services.ask_reveal(case, conversation=talk, reason=WHY, by=worker)


# --- alone ------------------------------------------------------------------------------------------------------------


def look(client: Client, case: Case, talk: talks.Conversation, reason: str = WHY) -> Any:
    return client.post(at("break_glass", case), {"of": talk.reference, "reason": reason})


def test_alone_only_when_somebody_is_in_danger_now(case: Case, worker: User, talk: talks.Conversation) -> None:
    answer = look(browser(worker), case, talk)
    assert answer.status_code == 422
    assert WHO not in answer.content.decode()
    assert not BreakGlass.objects.exists()


def test_alone_others_are_told_at_once_and_it_is_counted(
    case: Case, worker: User, supervisor: User, second_supervisor: User, talk: talks.Conversation
) -> None:
    services.set_urgency(case, urgency=1, reason="He is on the roof", by=worker)
    assert look(browser(worker), case, talk, "quick").status_code == 422
    assert WHO in look(browser(worker), case, talk).content.decode()
    notify.deliver_due()
    assert sorted(to for letter in mail.outbox for to in letter.to) == sorted(
        [supervisor.email, second_supervisor.email]
    )
    assert all(WHO not in letter.body and "roof" not in letter.body for letter in mail.outbox)
    assert queries.public_counts("break_glass") == [(f"{timezone.localdate():%Y-%m}", 1)]
    assert cases.public_counts("break_glass")[0][1] == 1
    row = BreakGlass.objects.get()
    assert row.review_due_at - row.at == timedelta(hours=24)


def test_alone_with_those_on_call_told_too(
    case: Case, worker: User, supervisor: User, counsellor: User, talk: talks.Conversation, monkeypatch: Any
) -> None:
    from panoh.care.cases.services import alarming

    monkeypatch.setattr(alarming, "_asked", [lambda now: [(counsellor, "")]])
    services.set_urgency(case, urgency=1, reason="He is on the roof", by=worker)
    look(browser(worker), case, talk)
    notify.deliver_due()
    assert sorted(to for letter in mail.outbox for to in letter.to) == sorted([supervisor.email, counsellor.email])


def test_an_administrator_cannot_break_the_glass(case: Case, administrator: User, talk: talks.Conversation) -> None:
    Case.objects.update(urgency=1)
    assert look(browser(administrator), case, talk).status_code == 403
    case.refresh_from_db()
    with pytest.raises(RevealRefusedError):
        services.break_glass(case, conversation=talk, reason=WHY, by=administrator)


def test_a_look_alone_is_judged_by_somebody_else(supervisor: User, second_supervisor: User) -> None:
    case = a_case(supervisor, owner=supervisor, urgency=1)
    talk = a_talk(case, by=supervisor)
    look(browser(supervisor), case, talk)
    row = BreakGlass.objects.get()
    judged = {"verdict": "justified", "note": "He was found in time, it was right."}
    own = browser(supervisor)
    assert str(row.pk) not in own.get(reverse("cases:reviews")).content.decode()
    assert own.post(reverse("cases:review_glass", args=[row.pk]), judged).status_code == 404
    with pytest.raises(IntegrityError), transaction.atomic():
        BreakGlass.objects.update(reviewed_by=supervisor)
    theirs = browser(second_supervisor)
    assert WHY.split()[0] in theirs.get(reverse("cases:reviews")).content.decode()
    theirs.post(reverse("cases:review_glass", args=[row.pk]), judged)
    row.refresh_from_db()
    assert (row.verdict, row.reviewed_by) == ("justified", second_supervisor)


def test_a_look_that_nobody_judged_is_reminded_once_before_and_once_after(
    case: Case, worker: User, supervisor: User, talk: talks.Conversation
) -> None:
    Case.objects.update(urgency=1)
    look(browser(worker), case, talk)
    assert services.remind_reviews() == 0
    BreakGlass.objects.update(review_due_at=timezone.now() + timedelta(hours=5))
    assert [services.remind_reviews(), services.remind_reviews()] == [1, 0]
    BreakGlass.objects.update(review_due_at=timezone.now() - timedelta(minutes=1))
    assert [services.remind_reviews(), services.remind_reviews()] == [1, 0]
    verbs = [entry.verb for entry in audit.trail(case.reference)]
    assert (verbs.count("glass.reminded"), verbs.count("glass.late")) == (1, 1)
