"""Who stands around a case in its tests, and a case with its child."""

import uuid
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from panoh.care.cases import rules, services
from panoh.care.cases.models import Case
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User

CHILD = {"full_name": "Oʻgʻiloy Karimova", "birth_date": "2011-05-03", "phone": "+998 90 123-45-67"}
CHILD |= {"school": "12-maktab", "address": "Chilonzor, 5-uy, 17"}
WHY = "The child wrote that he is going to jump tonight."


def browser(user: User) -> Client:
    """Signed in, reading the desk in English whatever the catalogues say."""
    User.objects.filter(pk=user.pk).update(language="en")
    client = Client()
    client.force_login(user)
    return client


def a_case(by: User, *, owner: User | None = None, details: dict[str, str] | None = None, **codes: Any) -> Case:
    """An open case with its child."""
    case = services.open_case(language="uz", by=by, owner=owner, **codes)
    services.add_person(case, role="child", alias="the girl", details=CHILD if details is None else details, by=by)
    case.refresh_from_db()
    return case


def a_talk(case: Case, *, by: User, external_id: str = "771234567") -> talks.Conversation:
    """A talk in Telegram tied to the case."""
    identity = talks.identity_for("telegram", external_id)
    conversation = talks.open_conversation(channel="telegram", language="uz", identity=identity)
    services.link_to_case(case, kind="talk", reference=conversation.reference, conversation=conversation, by=by)
    return conversation


def at(name: str, case: Case, *more: object) -> str:
    return reverse(f"cases:{name}", args=[case.reference, *more])


def answers(given: str = "no", **others: str) -> dict[str, str]:
    """Every question answered alike, but those named."""
    return {**dict.fromkeys(rules.tool().items, given), **others}


def planned(case: Case, *, worker: User, supervisor: User) -> Case:
    """In service: assessed, planned, approved by the supervisor."""
    asked = services.submit_assessment(case, answers=answers(at_home="yes", hurt="yes"), by=worker)
    services.decide_approval(asked, approve=True, by=supervisor)
    due = timezone.localdate() + timedelta(days=3)
    services.plan_action(case, title="Uyga tashrif", owner=worker, due_on=due, by=worker)
    services.decide_approval(services.submit_plan(case, by=worker), approve=True, by=supervisor)
    return services.start_service(case, by=worker)


def key() -> str:
    return str(uuid.uuid4())


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)
