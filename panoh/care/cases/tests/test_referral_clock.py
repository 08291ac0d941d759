"""Reminders, the late one, the escalation, the end: each once, to whoever has the ball."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from panoh.care.cases.models import Referral
from panoh.care.cases.services import partner
from panoh.care.cases.services.referral_clock import run_referral_clock
from panoh.care.cases.tests.referral_cast import NAME, a_case, a_draft, a_yes, agency, fresh, go, their
from panoh.ground.accounts.public import User
from panoh.ground.notify.public import deliver_due

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def sent(supervisor: User) -> Referral:
    """U2: eight hours to confirm, eight more until it is escalated, fourteen days until it ends."""
    User.objects.filter(pk=supervisor.pk).update(language="en")
    case, to = a_case(supervisor), agency(email="focal@police.test")
    a_yes(case, by=supervisor)
    return go(a_draft(case, to, User.objects.get(pk=supervisor.pk)), by=supervisor).referral


def at(referral: Referral, hours: float) -> list[str]:
    """Run the clock this long after it was sent; what it wrote down."""
    before = referral.changes.count()
    run_referral_clock(referral.status_at + hours * HOUR)
    return [change.verb for change in referral.changes.order_by("pk")[before:]]


def test_each_step_comes_once_in_its_time(sent: Referral) -> None:
    assert at(sent, 3.9) == []
    assert at(sent, 4.1) == ["remind"]
    assert at(sent, 4.2) == []
    assert at(sent, 7.3) == ["remind"]
    assert at(sent, 8.1) == ["late"]
    assert at(sent, 15.9) == []
    assert at(sent, 16.1) == ["escalate"]
    assert fresh(sent).escalated_at is not None
    assert at(sent, 16.2) == []


def test_a_clock_that_slept_says_each_thing_once_and_ends_nothing_on_the_same_run(sent: Referral) -> None:
    assert at(sent, 24 * 30) == ["remind", "late", "escalate"]
    assert fresh(sent).status == "sent"
    assert at(sent, 24 * 30 + 1) == []
    assert at(sent, 24 * 31 + 1) == ["expire"]
    assert (fresh(sent).status, fresh(sent).answer_code) == ("expired", "expired")


def test_an_expired_referral_shuts_its_link(sent: Referral) -> None:
    at(sent, 24 * 30)
    at(sent, 24 * 32)
    assert not sent.links.filter(withdrawn_at=None).exists()


def test_who_is_told_is_who_has_the_ball(sent: Referral, supervisor: User) -> None:
    deliver_due()
    mail.outbox.clear()
    at(sent, 4.1)
    deliver_due()
    assert [letter.to for letter in mail.outbox] == [["focal@police.test"]]
    mail.outbox.clear()
    partner.ask_about_referral(sent, text="Where?", key=uuid.uuid4(), by=their(sent, "link"))
    deliver_due()
    mail.outbox.clear()
    run_referral_clock(timezone.now() + 4.1 * HOUR)
    deliver_due()
    assert [letter.to for letter in mail.outbox] == [[supervisor.email]]


def test_the_focal_point_and_the_supervisors_hear_of_an_escalation(sent: Referral, person: Any) -> None:
    lead = person("supervisor", name="Lola")
    at(sent, 15)
    deliver_due()
    mail.outbox.clear()
    at(sent, 16.1)
    deliver_due()
    told = {letter.to[0] for letter in mail.outbox}
    assert {"focal@police.test", lead.email} <= told
    assert not [letter for letter in mail.outbox if NAME in letter.body or NAME in letter.subject]


def test_an_answer_winds_the_clock_anew(sent: Referral) -> None:
    at(sent, 7.3)
    partner.acknowledge_referral(sent, by=their(sent, "link"))
    now = fresh(sent)
    assert now.steps_done == 0
    assert now.due_at is not None
    assert now.due_at > timezone.now() + 23 * HOUR


def test_no_clock_runs_for_what_is_over(sent: Referral) -> None:
    partner.decline_referral(sent, code="other", by=their(sent, "link"))
    now = fresh(sent)
    assert (now.due_at, now.next_step_at) == (None, None)
    assert at(sent, 24 * 60) == []


def test_the_case_is_due_when_its_referral_is(sent: Referral) -> None:
    assert sent.case is not None
    sent.case.refresh_from_db()
    assert sent.case.next_due_at == fresh(sent).due_at
