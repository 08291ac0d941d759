"""Who is on: presence, breaks, the rota, hand-overs, debriefs, skills and vetting."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common import bell
from panoh.ground.vault import public as vault

from .. import policy
from ..errors import ShiftRefusedError
from ..models import Counsellor, DebriefRequest, HandOver, Presence, Shift


def _lead(by: User) -> None:
    if not policy.can_lead(by):
        raise ShiftRefusedError(_("Only a supervisor can change this."))


@transaction.atomic
def set_presence(user: User, *, presence: str) -> Counsellor:
    """On, full, on a break, off. Without a valid vetting nobody goes on."""
    counsellor = Counsellor.objects.select_for_update().filter(user=user).first()
    if counsellor is None:
        raise ShiftRefusedError(_("A supervisor has to set your languages first."))
    if presence not in Presence.values:
        raise ShiftRefusedError(_("Choose: on, nothing new, a break or off."))
    if presence in {Presence.ON, Presence.FULL} and not policy.is_vetted(counsellor):
        raise ShiftRefusedError(_("Your vetting is missing or has expired. Please speak with your supervisor."))
    if counsellor.presence != presence:
        if not {counsellor.presence, presence} <= {Presence.ON, Presence.FULL}:
            counsellor.presence_since = timezone.now()  # full hands are no break: the clock of the break goes on
        counsellor.presence = presence
        counsellor.save(update_fields=["presence", "presence_since"])
        audit.record("presence.changed", thing=user.code, actor=user.code, presence=presence)
        bell.ring("board")
    return counsellor


@transaction.atomic
def hand_over(*, note: str, by: User) -> HandOver:
    """Leave a note for the next shift."""
    if not note.strip():
        raise ShiftRefusedError(_("The note is empty."))
    key = vault.new_key("hand-over")
    entry = HandOver(by=by, data_key=key)
    entry.note = vault.seal(key, note.strip(), where=f"helpline.hand_over:{key}")
    entry.save()
    audit.record("shift.handed_over", thing=f"handover-{entry.pk}", actor=by.code)
    bell.ring("board")
    return entry


@transaction.atomic
def request_debrief(*, by: User) -> DebriefRequest:
    """Ask to talk after a hard one; asking twice is one wish."""
    wish = DebriefRequest.objects.filter(by=by, held_at=None).first() or DebriefRequest.objects.create(by=by)
    audit.record("debrief.asked", thing=by.code, actor=by.code)
    bell.ring("board")
    return wish


@transaction.atomic
def hold_debrief(wish: DebriefRequest, *, by: User) -> DebriefRequest:
    """The conversation took place."""
    _lead(by)
    held = DebriefRequest.objects.select_for_update().get(pk=wish.pk)
    if held.held_at is None and held.by_id != by.pk:
        held.held_with, held.held_at = by, timezone.now()
        held.save(update_fields=["held_with", "held_at"])
        audit.record("debrief.held", thing=held.by.code, actor=by.code)
    return held


@transaction.atomic
def plan_shift(*, user: User, starts_at: datetime, ends_at: datetime, on_call: bool = False, by: User) -> Shift:
    """Put somebody on the rota. Two shifts of one person do not overlap."""
    _lead(by)
    if ends_at <= starts_at:
        raise ShiftRefusedError(_("The shift ends before it begins."))
    if (ends_at - starts_at).total_seconds() > 24 * 3600:
        raise ShiftRefusedError(_("A shift is at most 24 hours long."))
    User.objects.select_for_update().get(pk=user.pk)
    if Shift.objects.filter(user=user, on_call=on_call, starts_at__lt=ends_at, ends_at__gt=starts_at).exists():
        raise ShiftRefusedError(_("This person is already on the rota at that time."))
    shift = Shift.objects.create(user=user, starts_at=starts_at, ends_at=ends_at, on_call=on_call)
    audit.record("shift.planned", thing=f"shift-{shift.pk}", actor=by.code, who=user.code)
    return shift


@transaction.atomic
def remove_shift(shift: Shift, *, by: User) -> None:
    """Take a shift off the rota."""
    _lead(by)
    audit.record("shift.removed", thing=f"shift-{shift.pk}", actor=by.code, who=shift.user.code)
    Shift.objects.filter(pk=shift.pk).delete()


@transaction.atomic
def set_skills(
    user: User, *, languages: list[str], topics: list[str], capacity: int, phone: str | None = None, by: User
) -> Counsellor:
    """What somebody can answer, how many talks at once, and the number for the on-call list."""
    _lead(by)
    counsellor, _made = Counsellor.objects.select_for_update().get_or_create(user=user, defaults={"languages": ""})
    counsellor.languages, counsellor.topics = " ".join(sorted(languages)), " ".join(sorted(topics))
    counsellor.capacity = capacity
    if phone is not None:
        counsellor.phone_key = counsellor.phone_key or vault.new_key("staff-phone")
        counsellor.phone = vault.seal(counsellor.phone_key, phone, where=f"helpline.phone:{user.pk}") if phone else None
    counsellor.save()
    audit.record("counsellor.skills_set", thing=user.code, actor=by.code, capacity=capacity)
    return counsellor


@transaction.atomic
def record_vetting(user: User, *, vetted_on: date, expires_on: date, by: User) -> Counsellor:
    """Somebody checked this person's past; the check has an end. Nobody vets themselves."""
    _lead(by)
    if user.pk == by.pk:
        raise ShiftRefusedError(_("Nobody can record their own vetting."))
    if expires_on <= vetted_on or vetted_on > timezone.localdate():
        raise ShiftRefusedError(_("A vetting lies in the past and expires after it was made."))
    counsellor, _made = Counsellor.objects.select_for_update().get_or_create(user=user, defaults={"languages": ""})
    counsellor.vetted_on, counsellor.vetting_expires_on, counsellor.vetted_by = vetted_on, expires_on, by
    counsellor.save(update_fields=["vetted_on", "vetting_expires_on", "vetted_by"])
    audit.record("counsellor.vetted", thing=user.code, actor=by.code, until=expires_on.isoformat())
    return counsellor
