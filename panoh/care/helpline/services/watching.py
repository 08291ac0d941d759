"""What nobody has to remember: offering who waits, telling who is late, closing what fell silent, forgetting."""

from collections import Counter
from datetime import datetime, timedelta
from functools import reduce
from operator import and_

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from panoh.care.talks import public as talks
from panoh.ground.accounts.public import Role, User, may
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .. import policy, rules
from ..models import (
    CallBack,
    CloseReason,
    Complaint,
    Contact,
    Counsellor,
    HandOver,
    MediaRequest,
    MissedCall,
    Presence,
    Status,
    Talk,
    Transfer,
)
from ..queries.line import in_line
from .answering import back_to_queue
from .arriving import end_talk, tell_person
from .counting import strip_contacts
from .drilling import forget_drills
from .moves import change, lock_talk, move


def offer_waiting(now: datetime | None = None) -> int:
    """Offer each waiting talk to the freest counsellor who speaks its language; an old offer lapses. Idempotent."""
    now = now or timezone.now()
    lapsed = now - timedelta(seconds=rules.number("queue", "offer_timeout_seconds", default=30))
    free = _free_hands(lapsed) if Talk.objects.filter(status=Status.WAITING).exists() else {}
    offered = 0
    for talk in in_line(now, languages=_spoken_by(free)) if free else []:
        is_offered = talk.offered_to_id and talk.offered_at and talk.offered_at > lapsed
        if not is_offered and talk.language in _spoken_by(free):
            offered += _offer(talk, free, now)
    return offered


def _free_hands(lapsed: datetime) -> dict[Counsellor, int]:
    """Free places of everyone who is on and vetted; a talk that is offered to them takes one."""
    busy = Q(status__in=[Status.ACTIVE, Status.ON_HOLD])
    held = Counter(Talk.objects.filter(busy).values_list("assignee_id", flat=True))
    pending = Talk.objects.filter(status=Status.WAITING, offered_at__gt=lapsed)
    held.update(pending.values_list("offered_to_id", flat=True))
    on = Counsellor.objects.filter(presence=Presence.ON, user__is_active=True).select_related("user")
    free = {one: one.capacity - held[one.user_id] for one in on if policy.is_vetted(one)}
    return {one: room for one, room in free.items() if room > 0}


def _spoken_by(free: dict[Counsellor, int]) -> set[str]:
    return {language for one, room in free.items() if room > 0 for language in policy.spoken(one)}


@transaction.atomic
def _offer(talk: Talk, free: dict[Counsellor, int], now: datetime) -> int:
    held = lock_talk(talk)
    if held.status != Status.WAITING:
        return 0
    declined = set(
        held.transfers.filter(kind="decline", at__gt=now - timedelta(minutes=10)).values_list("frm", flat=True)
    )
    if held.offered_to_id:
        declined.add(held.offered_to_id)
    able = [
        one
        for one, room in free.items()
        if room > 0 and held.language in policy.spoken(one) and one.user_id not in declined
    ]
    wanted = set(held.topics.split()) | rules.topics_of(held.lexicon_classes.split())
    able.sort(key=lambda c: (-len(wanted & set(c.topics.split())), -free[c], c.presence_since))
    best = able[0] if able else None
    if best is None and held.offered_to_id is None:
        return 0
    change(held, offered_to=best.user if best else None, offered_at=now if best else None)
    if best:
        free[best] -= 1
        Transfer.objects.create(talk=held, kind="offer", to=best.user)
    return int(best is not None)


def close_quiet(now: datetime | None = None) -> int:
    """Talks that were never finished choosing, and talks that fell silent, come to their end."""
    now = now or timezone.now()
    gone = now - timedelta(minutes=rules.number("queue", "left_after_minutes", default=30))
    silent = now - timedelta(minutes=rules.number("queue", "quiet_close_minutes", default=180))
    unwritten = now - timedelta(hours=rules.number("queue", "wrap_up_close_hours", default=72))
    closed = 0
    for talk in Talk.objects.filter(status__in=[Status.NEW, Status.TRIAGING], opened_at__lt=gone)[:200]:
        closed += _close_unanswered(talk)
    for talk in Talk.objects.filter(_nothing_since(silent), status__in=[Status.ACTIVE, Status.ON_HOLD])[:200]:
        closed += _quieten(talk, silent)
    for talk in Talk.objects.filter(_nothing_since(unwritten), status=Status.WRAP_UP)[:200]:
        closed += _close_unwritten(talk, unwritten)
    long_ago = now - timedelta(hours=rules.number("public", "visit_hours", default=12))
    for talk in Talk.objects.filter(status=Status.WAITING, waiting_since__lt=long_ago).select_related("conversation")[
        :200
    ]:
        closed += _close_unreachable(talk)
    return closed


MOMENTS = ("last_in_at", "last_out_at", "accepted_at")


def _nothing_since(moment: datetime) -> Q:
    """Nobody wrote and nobody took it; a person who only pressed a button has never written."""
    return reduce(and_, (Q(**{name: None}) | Q(**{f"{name}__lt": moment}) for name in MOMENTS))


def _is_silent(talk: Talk, moment: datetime) -> bool:
    """The same, asked again under the lock: a word may have come meanwhile."""
    return all((at := getattr(talk, name)) is None or at < moment for name in MOMENTS)


@transaction.atomic
def _close_unanswered(talk: Talk) -> int:
    held = lock_talk(talk)
    if held.status not in {Status.NEW, Status.TRIAGING}:
        return 0
    outside = held.opened_outside_hours
    end_talk(held, reason=CloseReason.OUTSIDE_HOURS if outside else CloseReason.LEFT_BEFORE_ANSWER)
    return 1


@transaction.atomic
def _close_unreachable(talk: Talk) -> int:
    """No browser holds it any more and there is no return code: nobody could ever read an answer."""
    held = lock_talk(talk)
    if held.status != Status.WAITING or talks.can_come_back(held.conversation):
        return 0
    end_talk(held, reason=CloseReason.LEFT_BEFORE_ANSWER)
    return 1


@transaction.atomic
def _close_unwritten(talk: Talk, moment: datetime) -> int:
    """Nobody finished the write-up: it is counted as far as it goes, and its words get an end like all others."""
    held = lock_talk(talk)
    if held.status != Status.WRAP_UP or not _is_silent(held, moment):
        return 0
    end_talk(held, reason=held.close_reason or CloseReason.FINISHED)
    return 1


def return_left_alone(now: datetime | None = None) -> int:
    """A person whose counsellor has gone home does not write to nobody: their talk goes back to the queue."""
    moment = (now or timezone.now()) - timedelta(minutes=rules.number("queue", "left_alone_minutes", default=3))
    unanswered = Q(last_out_at=None) | Q(last_in_at__gt=F("last_out_at"))
    alone = Talk.objects.filter(unanswered, _nothing_since(moment), status__in=[Status.ACTIVE, Status.ON_HOLD])
    return sum(_return(talk, moment) for talk in alone.select_related("assignee")[:200] if _is_gone(talk.assignee))


def _is_gone(user: User | None) -> bool:
    """Switched off, no longer at the desk, or off shift. A supervisor may hold a talk without being on."""
    if user is None or not may(user, *policy.DESK):
        return True
    off = Counsellor.objects.filter(user=user, presence=Presence.OFF).exists()
    return off and not may(user, Role.SUPERVISOR)


@transaction.atomic
def _return(talk: Talk, moment: datetime) -> int:
    held = lock_talk(talk)
    if held.status not in {Status.ACTIVE, Status.ON_HOLD} or held.assignee_id != talk.assignee_id:
        return 0
    if not _is_silent(held, moment):
        return 0
    Transfer.objects.create(talk=held, kind="return", frm=held.assignee)
    back_to_queue(held)
    audit.record("talk.returned", thing=held.conversation.reference)
    return 1


@transaction.atomic
def _quieten(talk: Talk, moment: datetime) -> int:
    held = lock_talk(talk)
    if held.status not in {Status.ACTIVE, Status.ON_HOLD} or not _is_silent(held, moment):
        return 0
    move(held, Status.WRAP_UP, close_reason=CloseReason.LEFT)
    tell_person(held, "close.quiet")
    return 1


def forget(before: datetime) -> int:
    """Retention: summaries, calls and hand-over notes older than ``before`` lose their words; counts stay.

    Practice talks that ended before go whole.
    """
    now = timezone.now()
    free = Contact.objects.filter(forgotten_at=None).exclude(reference__in=vault.held_things("K-"))
    free = free.exclude(talk__conversation__reference__in=vault.held_things("T-"))
    contacts = free.filter(status="final", finalized_at__lt=before)
    drafts = free.filter(status="draft", talk=None, started_at__lt=before)
    by_hand = [
        *contacts.filter(talk=None).values_list("data_key", flat=True),
        *drafts.values_list("data_key", flat=True),
    ]
    forgotten = strip_contacts(contacts, at=now) + strip_contacts(drafts, at=now)
    erased = MediaRequest.objects.filter(talk__conversation__forgotten_at__isnull=False)
    erased.exclude(content=None).update(content=None)
    forgotten += MissedCall.objects.filter(at__lt=before).exclude(caller_lookup="").update(caller_lookup="")
    calls = CallBack.objects.filter(asked_at__lt=before, forgotten_at=None)
    call_keys = list(calls.values_list("data_key", flat=True))
    forgotten += calls.update(number=b"", note=None, forgotten_at=now, status="cancelled")
    notes = HandOver.objects.filter(at__lt=before)
    note_keys = list(notes.values_list("data_key", flat=True))
    forgotten += notes.delete()[0]
    complaints = Complaint.objects.filter(answered_at__lt=before).exclude(body=b"")
    complaints = complaints.exclude(talk__conversation__reference__in=vault.held_things("T-"))
    complaint_keys = list(complaints.values_list("data_key", flat=True))
    forgotten += complaints.update(body=b"", answer=None)
    vault.destroy_keys([*by_hand, *call_keys, *note_keys, *complaint_keys], reason="retention")
    return forgotten + forget_drills(before)
