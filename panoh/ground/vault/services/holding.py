"""Holds: what must not be forgotten yet, by a lawful demand or because a case is open."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from panoh.ground.audit import public as audit

from ..models import Hold
from .erasure import destroy_keys
from .keys import new_key
from .seals import seal, unseal

LEGAL, CASE = "legal", "case"


def where_reason(hold: Hold) -> str:
    return f"vault.hold:{hold.thing}:{hold.data_key}"


@transaction.atomic
def hold(
    thing: str, *, reason: str = "", by: str, until: datetime | None = None, kind: str = LEGAL, holder: str = ""
) -> Hold:
    """Keep ``thing`` from being forgotten, until somebody lifts it or ``until``; ``by`` is a person's code.

    Held twice by the same ``kind`` and ``holder`` is held once. Raises ``ValueError`` for a legal hold without reason.
    """
    if kind == LEGAL and not reason.strip():
        raise ValueError("a legal hold says why")
    _lapse(thing)
    if old := Hold.objects.filter(thing=thing, kind=kind, holder=holder, lifted_at=None).first():
        return old
    made = Hold(thing=thing, kind=kind, holder=holder, by=by, until=until)
    if reason.strip():
        made.data_key = new_key("hold")
        made.reason = seal(made.data_key, reason, where=where_reason(made))
    made.save(force_insert=True)
    audit.record("thing.held", thing=thing, actor=by, kind=kind, to=holder)
    return made


@transaction.atomic
def lift_hold(thing: str, *, by: str, kind: str = LEGAL, holder: str = "") -> int:
    """End the holds of this kind and holder; how many. What its days have overtaken goes with the next nightly run."""
    _lapse(thing)
    standing = Hold.objects.filter(thing=thing, kind=kind, holder=holder, lifted_at=None)
    lifted = standing.update(lifted_at=timezone.now(), lifted_by=by)
    if lifted:
        audit.record("thing.hold_lifted", thing=thing, actor=by, kind=kind)
    return lifted


@transaction.atomic
def lift_holds_of(holder: str, *, by: str) -> int:
    """End every hold that ``holder`` put on other things: it is over itself."""
    standing = Hold.objects.filter(holder=holder, lifted_at=None)
    for thing in standing.values_list("thing", flat=True):
        audit.record("thing.hold_lifted", thing=thing, actor=by, to=holder)
    return standing.update(lifted_at=timezone.now(), lifted_by=by)


def is_held(thing: str, *, kind: str = "") -> bool:
    """Whether anything (of this ``kind``) keeps ``thing`` now."""
    standing = _standing().filter(thing=thing)
    return standing.filter(kind=kind).exists() if kind else standing.exists()


def held_things(prefix: str = "") -> QuerySet[Hold, str]:
    """References that are held now; to be used inside another query: ``exclude(reference__in=held_things("T-"))``."""
    return _standing().filter(thing__startswith=prefix).values_list("thing", flat=True)


def holds_on(thing: str) -> list[Hold]:
    """Every hold of ``thing`` that ever stood, newest first."""
    return list(Hold.objects.filter(thing=thing).order_by("-at", "-pk"))


def reason_of(held: Hold) -> str:
    """Why; ``""`` for a hold that needs no words. Raises ``ErasedError``."""
    if held.reason is None or held.data_key is None:
        return ""
    return unseal(held.data_key, held.reason, where=where_reason(held))


def erase_when_lifted(thing: str) -> None:
    """Somebody asked for the erasure of a held thing: it is owed, and done by the first run after the last hold."""
    _standing().filter(thing=thing).update(then_erase=True)


def owed_things(prefix: str = "") -> QuerySet[Hold, str]:
    """References whose erasure was asked for while they were held, and that nothing holds any more."""
    other = _standing().filter(thing=OuterRef("thing"))
    owed = Hold.objects.filter(then_erase=True, thing__startswith=prefix).exclude(Exists(other))
    return owed.values_list("thing", flat=True)


def forget_holds(before: datetime) -> int:
    """Erase why things were held, some time after the hold was lifted; that and how long they were held stays."""
    over = Hold.objects.filter(Q(lifted_at__lt=before) | Q(until__lt=before), data_key__isnull=False)
    keys = [key for key in over.values_list("data_key", flat=True) if key]
    over.filter(kind=LEGAL).update(reason=b"", data_key=None)
    over.exclude(kind=LEGAL).update(reason=None, data_key=None)
    destroy_keys(keys, reason="retention")
    return len(keys)


def _standing() -> QuerySet[Hold]:
    return Hold.objects.filter(Q(until=None) | Q(until__gt=timezone.now()), lifted_at=None)


def _lapse(thing: str) -> None:
    """A hold past its ``until`` is over; written down so that a new one may stand."""
    now = timezone.now()
    Hold.objects.filter(thing=thing, lifted_at=None, until__lte=now).update(lifted_at=now, lifted_by="system")
