"""The partner register: partners and promises written down, changed, answered for, published; and the reminders."""

from collections import defaultdict
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User, staff_with_role
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify

from .. import policy
from ..errors import RegisterRefusedError
from ..models import OPEN_STATES, Partner, Pledge, PledgeChange, PledgeState
from ..queries.partners import said_in, step_of

NEEDS_REASON = (PledgeState.NOT_KEPT, PledgeState.WITHDRAWN)


def _keeper_or_refusal(by: User) -> None:
    if not policy.can_keep_registers(by):
        raise RegisterRefusedError(_("Only an editor or an administrator keeps the registers."))


@transaction.atomic
def add_partner(*, by: User, **facts: Any) -> Partner:
    """Write a partner down. Nobody outside sees them before ``publish_partner``."""
    _keeper_or_refusal(by)
    _refuse_second(facts, None)
    partner = Partner.objects.create(**facts)
    audit.record("partner.added", thing=partner.code, actor=by.code, kind=partner.kind)
    return partner


@transaction.atomic
def change_partner(partner: Partner, /, *, by: User, **facts: Any) -> Partner:
    _keeper_or_refusal(by)
    partner = Partner.objects.select_for_update().get(pk=partner.pk)
    _refuse_second(facts, partner)
    for field, value in facts.items():
        setattr(partner, field, value)
    partner.save()
    audit.record("partner.changed", thing=partner.code, actor=by.code, kind=partner.kind)
    return partner


def _refuse_second(facts: dict[str, Any], mine: Partner | None) -> None:
    others = Partner.objects.exclude(pk=mine.pk) if mine else Partner.objects.all()
    same = {"organisation": facts.get("organisation")} if facts.get("organisation") else {"name": facts.get("name")}
    if others.filter(**same).exists():
        raise RegisterRefusedError(_("This partner is in the register already."))


@transaction.atomic
def publish_partner(partner: Partner, *, on: bool, by: User) -> Partner:
    """Show a partner to everybody, or take them off the page again with all their promises."""
    _keeper_or_refusal(by)
    partner = Partner.objects.select_for_update().get(pk=partner.pk)
    partner.published_at, partner.published_by = (timezone.now(), by) if on else (None, None)
    partner.save(update_fields=["published_at", "published_by"])
    audit.record("partner.published", thing=partner.code, actor=by.code, on=on)
    return partner


@transaction.atomic
def add_pledge(partner: Partner, *, by: User, **facts: Any) -> Pledge:
    _keeper_or_refusal(by)
    pledge = Pledge.objects.create(partner=partner, first_due_on=facts["due_on"], **facts)
    _write_down(pledge, "added", by)
    return pledge


@transaction.atomic
def change_pledge(pledge: Pledge, *, by: User, **facts: Any) -> Pledge:
    """Other words or another day. The day that was said at first stays, and a moved day is reminded of anew."""
    _keeper_or_refusal(by)
    pledge = _locked(pledge)
    if facts["due_on"] != pledge.due_on:
        pledge.reminded_step = 0
    for field, value in facts.items():
        setattr(pledge, field, value)
    pledge.save()
    _write_down(pledge, "changed", by)
    return pledge


@transaction.atomic
def report_pledge(
    pledge: Pledge,
    *,
    state: str,
    by: User,
    reason: dict[str, str] | None = None,
    result: dict[str, str] | None = None,
    evidence_url: str = "",
) -> Pledge:
    """Say how a promise stands. Kept needs a result and where it can be seen; not kept and withdrawn need a reason."""
    _keeper_or_refusal(by)
    pledge, reason, result = _locked(pledge), reason or {}, result or {}
    if state == PledgeState.KEPT and not (result and evidence_url):
        raise RegisterRefusedError(_("A kept promise needs what was done, and a link where it can be seen."))
    if state in NEEDS_REASON and not reason:
        raise RegisterRefusedError(_("Say why: the reason is shown with the promise."))
    pledge.state, pledge.reason, pledge.result, pledge.evidence_url = state, reason, result, evidence_url
    pledge.save()
    _write_down(pledge, "reported", by)
    return pledge


@transaction.atomic
def publish_pledge(pledge: Pledge, *, on: bool, by: User) -> Pledge:
    """Show a promise on its partner's public entry, or take it off."""
    _keeper_or_refusal(by)
    pledge = _locked(pledge)
    pledge.published_at, pledge.published_by = (timezone.now(), by) if on else (None, None)
    pledge.save(update_fields=["published_at", "published_by"])
    _write_down(pledge, "shown" if on else "hidden", by)
    return pledge


def _locked(pledge: Pledge) -> Pledge:
    return Pledge.objects.select_for_update().get(pk=pledge.pk)


def _write_down(pledge: Pledge, verb: str, by: User) -> None:
    """The history of the promise, and the ledger."""
    PledgeChange.objects.create(
        pledge=pledge, by=by, verb=verb, state=pledge.state, due_on=pledge.due_on, what=pledge.what,
        reason=pledge.reason, result=pledge.result, evidence_url=pledge.evidence_url,
    )  # fmt: skip
    audit.record(f"pledge.{verb}", thing=pledge.code, actor=by.code, state=pledge.state, due=pledge.due_on.isoformat())


# --- reminders -------------------------------------------------------------------------------------------------------


class DuePledge(NamedTuple):
    """A promise in a letter; ``days`` left, below zero when it is late."""

    partner: str
    what: str
    due_on: str
    days: int
    late: int


@transaction.atomic
def remind_of_pledges() -> int:
    """The daily look: one letter to each responsible person with all that came nearer; how many promises.

    It runs in the morning, so nobody is written to at night.
    """
    open_ones = Pledge.objects.select_for_update().filter(state__in=OPEN_STATES)
    due = [pledge for pledge in open_ones if step_of(pledge.due_on) > pledge.reminded_step]
    letters: dict[User, list[Pledge]] = defaultdict(list)
    for pledge in due:
        pledge.reminded_step = step_of(pledge.due_on)
        pledge.save(update_fields=["reminded_step"])
        audit.record("pledge.due", thing=pledge.code, step=pledge.reminded_step)
        for person in _responsible_for(pledge.partner):
            letters[person].append(pledge)
    for person, pledges in letters.items():
        rows = [_due(pledge, person.language) for pledge in pledges]
        notify.tell_email(person.email, "portal/mail/pledges_due.txt", person.language, due=rows)
    return len(due)


def _responsible_for(partner: Partner) -> list[User]:
    """The person named; where there is none, or they left, all who keep the register."""
    if partner.responsible is not None and partner.responsible.is_active:
        return [partner.responsible]
    return list(staff_with_role(*policy.REGISTER_KEEPERS))


def _due(pledge: Pledge, language: str) -> DuePledge:
    days = (pledge.due_on - timezone.localdate()).days
    name, what = pledge.partner.name_in(language), said_in(pledge.what, language).text
    return DuePledge(name, what, pledge.due_on.isoformat(), max(days, 0), max(-days, 0))
