"""The desk tells the rooms that keep no rota who is on call: an alarm of a case and a late report reach that person."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panoh.care.cases import public as cases
from panoh.care.helpline.services import plan_shift
from panoh.care.reports.services import watching
from panoh.care.talks import public as talks
from panoh.doors.desk.apps import people_on_call
from panoh.ground.accounts.public import User
from panoh.ground.notify import public as notify

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_call(person: Callable[..., User], supervisor: User) -> User:
    someone = person("counsellor", name="Nodira", language="en")
    now = timezone.now()
    hour = timedelta(hours=1)
    plan_shift(user=someone, starts_at=now - hour, ends_at=now + hour, on_call=True, by=supervisor)
    plan_shift(user=person("counsellor"), starts_at=now - hour, ends_at=now + hour, by=supervisor)
    return someone


def test_who_breaks_the_glass_alarms_the_person_on_call(
    client: Client, on_call: User, supervisor: User, person: Callable[..., User]
) -> None:
    worker = person("caseworker")
    case = cases.open_case(alias="Humo-1", language="uz", by=worker, owner=worker, urgency=1)
    identity = talks.identity_for(talks.Channel.TELEGRAM, "771234567")
    talk = talks.open_conversation(channel=talks.Channel.TELEGRAM, language="uz", identity=identity)
    cases.link_to_case(case, kind="talk", reference=talk.reference, conversation=talk, by=worker)
    client.force_login(worker)
    why = {"of": talk.reference, "reason": "The child is on a bridge and does not answer"}
    answer = client.post(reverse("cases:break_glass", args=[case.reference]), why)
    assert "771234567" in answer.content.decode()
    notify.deliver_due()
    told = {to for letter in mail.outbox for to in letter.to}
    assert on_call.email in told
    assert told <= {on_call.email, supervisor.email}


def test_late_reports_know_the_same_rota(on_call: User, supervisor: User) -> None:
    assert [who for who, _number in people_on_call()] == [on_call]
    assert watching._whom(2) == [on_call]
    assert [who for who, _number in people_on_call(timezone.now() + timedelta(days=2))] == []
