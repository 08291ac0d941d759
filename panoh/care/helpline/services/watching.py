"""What nobody has to remember: offering who waits, telling who is late, closing what fell silent, forgetting."""

from collections import Counter
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from panoh.ground.accounts.public import Role, User, staff_with_role
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify
from panoh.ground.organisations.public import due_numbers
from panoh.ground.vault import public as vault

from .. import policy, rules
from ..models import (
    CallBack,
    CloseReason,
    Contact,
    Counsellor,
    HandOver,
    Presence,
    Shift,
    Status,
    Talk,
    Transfer,
)
from ..queries.line import in_line
from ..queries.people import on_call_number
from .arriving import end_talk, tell_person
from .moves import change, lock_talk, move


def offer_waiting(now: datetime | None = None) -> int:
    """Offer each waiting talk to the freest counsellor who speaks its language; an old offer lapses. Idempotent."""
    now = now or timezone.now()
    lapsed = now - timedelta(seconds=rules.number("queue", "offer_timeout_seconds", default=30))
    offered = 0
    line = in_line(now)
    free = _free_hands() if line else {}
    for talk in line:
        if talk.offered_to_id and talk.offered_at and talk.offered_at > lapsed:
            free[talk.offered_to_id] = free.get(talk.offered_to_id, 0) - 1
            continue
        if not any(room > 0 for room in free.values()):
            break
        offered += _offer(talk, free, now)
    return offered


def _free_hands() -> dict[int, int]:
    """Free places of everyone who is on and vetted, by user."""
    held = Counter(
        Talk.objects.filter(status__in=[Status.ACTIVE, Status.ON_HOLD]).values_list("assignee_id", flat=True)
    )
    on = Counsellor.objects.filter(presence=Presence.ON, user__is_active=True)
    return {c.user_id: c.capacity - held.get(c.user_id, 0) for c in on if policy.is_vetted(c)}


@transaction.atomic
def _offer(talk: Talk, free: dict[int, int], now: datetime) -> int:
    held = lock_talk(talk)
    if held.status != Status.WAITING:
        return 0
    declined = set(
        held.transfers.filter(kind="decline", at__gt=now - timedelta(minutes=10)).values_list("frm", flat=True)
    )
    if held.offered_to_id:
        declined.add(held.offered_to_id)
    able = [
        counsellor
        for counsellor in Counsellor.objects.filter(user_id__in=[u for u, room in free.items() if room > 0])
        if held.language in policy.spoken(counsellor) and counsellor.user_id not in declined
    ]
    wanted = set(held.topics.split()) | rules.topics_of(held.lexicon_classes.split())
    able.sort(key=lambda c: (-len(wanted & set(c.topics.split())), -free[c.user_id], c.presence_since))
    best = able[0].user if able else None
    if best is None and held.offered_to_id is None:
        return 0
    change(held, offered_to=best, offered_at=now if best else None)
    if best:
        free[best.pk] -= 1
        Transfer.objects.create(talk=held, kind="offer", to=best)
    return int(best is not None)


def escalate_late(now: datetime | None = None) -> int:
    """Tell supervisors, then those on call, about talks that wait beyond their promise. Each step happens once."""
    now = now or timezone.now()
    told = 0
    late = Talk.objects.filter(status=Status.WAITING, escalation__lt=2)
    for urgency in range(1, 5):
        promise = rules.promise(urgency)
        soonest = now - timedelta(seconds=promise.supervisor)
        for talk in late.filter(urgency=urgency, waiting_since__lte=soonest)[:100]:
            told += _escalate(talk, now)
    return told


@transaction.atomic
def _escalate(talk: Talk, now: datetime) -> int:
    held = lock_talk(talk)
    if held.status != Status.WAITING or held.waiting_since is None or held.promised_at is None:
        return 0
    promise, waited = rules.promise(held.urgency), (now - held.waiting_since).total_seconds()
    if held.urgency > 2 and now < held.promised_at:
        return 0
    step = 2 if waited >= promise.on_call else 1 if waited >= promise.supervisor else 0
    if step <= held.escalation:
        return 0
    change(held, escalation=step)
    audit.record("talk.escalated", thing=held.conversation.reference, step=step, urgency=held.urgency)
    for person in _whom(step, now):
        _alarm(person, held, step)
    return 1


def _whom(step: int, now: datetime) -> list[User]:
    if step == 1:
        return list(staff_with_role(Role.SUPERVISOR))
    on_call = Shift.objects.filter(on_call=True, starts_at__lte=now, ends_at__gt=now).select_related("user")
    return [shift.user for shift in on_call]


def _alarm(person: User, talk: Talk, step: int) -> None:
    """Neutral words without a name, a place or what was said."""
    context = {"urgency": talk.urgency, "address": f"{settings.PUBLIC_URL}/desk/"}
    phone = on_call_number(person) if step == 2 else ""
    if phone and notify.sms_available():
        notify.tell_sms(phone, f"Panoh: U{talk.urgency} waits. {settings.PUBLIC_URL}/desk/")
    else:
        notify.tell_email(person.email, "helpline/mail/late.txt", person.language, **context)


def alarm_last_numbers() -> int:
    """Whoever is on call hears daily that the last number of a language or region went unchecked too long."""
    overdue = [due for due in due_numbers() if due.stays]
    for person in _whom(2, timezone.now()) if overdue else []:
        address = f"{settings.PUBLIC_URL}/desk/numbers/"
        notify.tell_email(person.email, "helpline/mail/numbers.txt", person.language, address=address)
    return len(overdue)


def close_quiet(now: datetime | None = None) -> int:
    """Talks that were never finished choosing, and talks that fell silent, come to their end."""
    now = now or timezone.now()
    gone = now - timedelta(minutes=rules.number("queue", "left_after_minutes", default=30))
    silent = now - timedelta(minutes=rules.number("queue", "quiet_close_minutes", default=180))
    closed = 0
    for talk in Talk.objects.filter(status__in=[Status.NEW, Status.TRIAGING], opened_at__lt=gone)[:200]:
        closed += _close_unanswered(talk)
    quiet = Q(last_in_at__lt=silent) & (Q(last_out_at=None) | Q(last_out_at__lt=silent))
    for talk in Talk.objects.filter(quiet, status__in=[Status.ACTIVE, Status.ON_HOLD], accepted_at__lt=silent)[:200]:
        closed += _quieten(talk)
    return closed


@transaction.atomic
def _close_unanswered(talk: Talk) -> int:
    held = lock_talk(talk)
    if held.status not in {Status.NEW, Status.TRIAGING}:
        return 0
    outside = held.opened_outside_hours
    end_talk(held, reason=CloseReason.OUTSIDE_HOURS if outside else CloseReason.LEFT_BEFORE_ANSWER)
    return 1


@transaction.atomic
def _quieten(talk: Talk) -> int:
    held = lock_talk(talk)
    if held.status not in {Status.ACTIVE, Status.ON_HOLD}:
        return 0
    move(held, Status.WRAP_UP, close_reason=CloseReason.LEFT)
    tell_person(held, "close.quiet")
    return 1


def forget(before: datetime) -> int:
    """Retention: summaries, call-backs and hand-over notes older than ``before`` lose their words; counts stay."""
    now = timezone.now()
    contacts = Contact.objects.filter(status="final", finalized_at__lt=before, forgotten_at=None)
    by_hand = list(contacts.filter(talk=None).values_list("data_key", flat=True))
    forgotten = contacts.update(summary=None, forgotten_at=now)
    calls = CallBack.objects.filter(asked_at__lt=before, forgotten_at=None)
    call_keys = list(calls.values_list("data_key", flat=True))
    forgotten += calls.update(number=b"", note=None, forgotten_at=now, status="cancelled")
    notes = HandOver.objects.filter(at__lt=before)
    note_keys = list(notes.values_list("data_key", flat=True))
    forgotten += notes.delete()[0]
    vault.destroy_keys([*by_hand, *call_keys, *note_keys], reason="retention")
    return forgotten
