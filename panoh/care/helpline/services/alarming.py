"""Telling somebody: talks that wait beyond their promise, children whose last word nobody answered, the last number."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from panoh.ground.accounts.public import Role, User, staff_with_role
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify
from panoh.ground.organisations.public import due_numbers

from .. import rules
from ..models import Shift, Status, Talk
from ..queries.people import on_call_number
from .moves import change, lock_talk

AT_ONCE = 100
LONGEST_SILENCE = 1800  # seconds a child's last word may lie unanswered before a supervisor hears of it

Told = list[tuple[Talk, range]]


@transaction.atomic
def escalate_late(now: datetime | None = None) -> int:
    """Tell supervisors, then those on call; each step of a talk happens once, and each person gets one message."""
    now = now or timezone.now()
    told: Told = []
    for urgency in range(1, 5):
        told += _late(urgency, now) + _unanswered(urgency, now)
    _tell(told, now)
    return len(told)


def _late(urgency: int, now: datetime) -> Told:
    """Waiting talks of one level that have reached their next step."""
    promise = rules.promise(urgency)
    first = Q(escalation=0, waiting_since__lte=now - timedelta(seconds=promise.supervisor))
    then = Q(escalation=1, waiting_since__lte=now - timedelta(seconds=promise.on_call))
    due = Talk.objects.filter(first | then, status=Status.WAITING, urgency=urgency)
    if urgency > 2:
        due = due.filter(promised_at__lte=now)
    return [(talk, steps) for talk in due.order_by("promised_at")[:AT_ONCE] if (steps := _escalate(talk, now))]


def _escalate(talk: Talk, now: datetime) -> range:
    """The steps this talk has reached now and had not before; looked at again under the lock."""
    held = lock_talk(talk)
    if held.status != Status.WAITING or held.waiting_since is None or held.promised_at is None:
        return range(0)
    promise, waited = rules.promise(held.urgency), (now - _waits_since(held, held.waiting_since)).total_seconds()
    step = 2 if waited >= promise.on_call else 1 if waited >= promise.supervisor else 0
    if step <= held.escalation or (held.urgency > 2 and now < held.promised_at):
        return range(0)
    return _raise(held, step)


def _unanswered(urgency: int, now: datetime) -> Told:
    """Talks somebody has taken, whose person wrote last and got no answer for too long."""
    patience = min(rules.promise(urgency).supervisor, LONGEST_SILENCE)
    silent = Q(last_out_at=None) | Q(last_in_at__gt=F("last_out_at"))
    since = now - timedelta(seconds=patience)
    due = Talk.objects.filter(
        silent, status=Status.ACTIVE, urgency=urgency, escalation=0, last_in_at__lte=since, accepted_at__lte=since
    )
    found: Told = []
    for talk in due.order_by("last_in_at")[:AT_ONCE]:
        held = lock_talk(talk)
        if held.status == Status.ACTIVE and held.escalation == 0 and held.last_out_at == talk.last_out_at:
            found.append((held, _raise(held, 1)))
    return found


def _raise(talk: Talk, step: int) -> range:
    steps = range(talk.escalation + 1, step + 1)
    change(talk, escalation=step)
    audit.record("talk.escalated", thing=talk.conversation.reference, step=step, urgency=talk.urgency)
    return steps


def _waits_since(talk: Talk, first: datetime) -> datetime:
    """The present wait: one that was answered and went back to the queue waits since then."""
    back = talk.transfers.filter(kind="return").order_by("-at").values_list("at", flat=True).first()
    return back or first


def _tell(told: Told, now: datetime) -> None:
    """One message a person, whatever the number of talks: a thousand late talks are one alarm, not a thousand."""
    for step in (2, 1):
        reached = [talk for talk, steps in told if step in steps]
        for person in _whom(step, now) if reached else []:
            _alarm(person, reached, step)


def _whom(step: int, now: datetime) -> list[User]:
    """Supervisors, then who is on call; where nobody is, supervisors again: an alarm never goes to nobody."""
    on_call = Shift.objects.filter(on_call=True, starts_at__lte=now, ends_at__gt=now, user__is_active=True)
    called = [shift.user for shift in on_call.select_related("user")] if step == 2 else []
    return called or list(staff_with_role(Role.SUPERVISOR))


def _alarm(person: User, late: Iterable[Talk], step: int) -> None:
    """Neutral words without a name, a place or what was said."""
    levels = [talk.urgency for talk in late]
    context = {"urgency": min(levels), "count": len(levels), "address": f"{settings.PUBLIC_URL}/desk/"}
    phone = on_call_number(person) if step == 2 else ""
    if phone and notify.sms_available():
        notify.tell_sms(phone, f"Panoh: U{min(levels)} waits ({len(levels)}). {settings.PUBLIC_URL}/desk/")
    else:
        notify.tell_email(person.email, "helpline/mail/late.txt", person.language, **context)


def alarm_last_numbers() -> int:
    """Whoever is on call hears daily that the last number of a language or region went unchecked too long."""
    overdue = [due for due in due_numbers() if due.stays]
    for person in _whom(2, timezone.now()) if overdue else []:
        address = f"{settings.PUBLIC_URL}/desk/numbers/"
        notify.tell_email(person.email, "helpline/mail/numbers.txt", person.language, address=address)
    return len(overdue)
