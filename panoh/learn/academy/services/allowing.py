"""More time, more attempts, and the request for them. A reason always stands beside it."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .. import policy
from ..errors import TestRefusedError
from ..models import Allowance, Attempt, AttemptRequest, Enrolment, Reason
from ..queries import exams

MOST_MINUTES, MOST_ATTEMPTS = 600, 10


@transaction.atomic
def allow_more(
    enrolment: Enrolment,
    *,
    minutes: int = 0,
    attempts: int = 0,
    kind: str = "",
    module: str = "",
    reason: str,
    by: User,
) -> Allowance:
    """Extra time (also for an attempt that is open now) and extra attempts for one person; nothing is taken away."""
    if not policy.can_allow(by):
        raise TestRefusedError(_("You may not give extra time or attempts."))
    if reason not in Reason.values or not _is_sensible(minutes, attempts):
        raise TestRefusedError(_("Say how much more, and why."))
    made = Allowance.objects.create(
        enrolment=enrolment, kind=kind, module=module, extra_minutes=minutes, extra_attempts=attempts, reason=reason,
        made_by=by.code, made_at=timezone.now(),
    )  # fmt: skip
    if minutes:
        _lengthen(enrolment, kind, module, minutes)
    audit.record("attempt.allowed_more", thing=str(enrolment.pk), actor=by.code, minutes=minutes, attempts=attempts)
    return made


def _is_sensible(minutes: int, attempts: int) -> bool:
    return 0 <= minutes <= MOST_MINUTES and 0 <= attempts <= MOST_ATTEMPTS and bool(minutes or attempts)


def _lengthen(enrolment: Enrolment, kind: str, module: str, minutes: int) -> None:
    open_ones = Attempt.objects.select_for_update().filter(enrolment=enrolment, state="in_progress")
    if kind:
        open_ones = open_ones.filter(kind=kind, module=module)
    for attempt in open_ones.exclude(ends_at=None):
        attempt.ends_at = exams.later(attempt.ends_at, minutes)
        attempt.save(update_fields=["ends_at"])


@transaction.atomic
def ask_attempt(enrolment: Enrolment, *, kind: str, module: str, reason: str) -> AttemptRequest:
    """Ask for another attempt; asked twice while nobody answered is once."""
    if reason not in Reason.values or exams.may_begin(enrolment, kind, module, timezone.now()).refusal != "cap":
        raise TestRefusedError(_("Another attempt can be asked for when none is left."))
    try:
        with transaction.atomic():
            asked = AttemptRequest.objects.create(
                enrolment=enrolment, kind=kind, module=module, reason=reason, asked_at=timezone.now()
            )
    except IntegrityError:
        return AttemptRequest.objects.get(enrolment=enrolment, kind=kind, module=module, decided_at=None)
    audit.record("attempt.asked_for", thing=str(enrolment.pk), kind=kind, reason=reason)
    return asked


@transaction.atomic
def decide_request(request: AttemptRequest, *, is_granted: bool, by: User) -> AttemptRequest:
    """Granted is one attempt more. Decided once: whoever comes second finds it decided."""
    if not policy.can_allow(by):
        raise TestRefusedError(_("You may not give extra time or attempts."))
    held = AttemptRequest.objects.select_for_update().get(pk=request.pk)
    if held.decided_at is not None:
        return held
    held.decided_at, held.decided_by, held.is_granted = timezone.now(), by.code, is_granted
    held.save(update_fields=["decided_at", "decided_by", "is_granted"])
    if is_granted:
        allow_more(held.enrolment, attempts=1, kind=held.kind, module=held.module, reason=held.reason, by=by)
    audit.record("attempt.request_decided", thing=str(held.enrolment_id), actor=by.code, granted=int(is_granted))
    return held
