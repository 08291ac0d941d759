"""The first judgement: who holds a report, how urgent it is, what its sender is told."""

import uuid
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.care.cases import public as cases
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.common import bell
from panoh.ground.vault import public as vault

from .. import policy
from ..errors import ReportRefusedError
from ..models import Report
from ..queries.one_report import VIEWED, seen_lately, where_purpose
from .clocks import meet_clock, move_clocks, start_clocks
from .ending import close_report, decide_report, link_report, open_case_of
from .filling import lock_report
from .judging import SHOWN, change, judge, mark_assessed, note_act, refuse_unless

__all__ = [
    "add_note",
    "assess_report",
    "assign_report",
    "assign_reports",
    "close_report",
    "decide_held",
    "decide_report",
    "link_report",
    "note_view",
    "open_case_of",
    "say",
    "set_kind",
    "set_shown_status",
    "set_urgency",
    "take_report",
]

# --- looking and taking ---------------------------------------------------------------------------------------------


@transaction.atomic
def note_view(report: Report, *, by: User, purpose: str = "") -> None:
    """Somebody opened it: on record once for some minutes, with why where that is asked. The first look counts."""
    if seen_lately(by, report):
        return
    purpose = purpose.strip()
    if policy.needs_purpose(report) and not purpose:
        raise ReportRefusedError(_("This report is closed. Write down why you open it."))
    where = where_purpose(report.pk)
    sealed = vault.seal(report.conversation.data_key, purpose, where=where) if purpose else None
    note_act(VIEWED, report, by, purpose=sealed, **_for_what(report, by))
    if policy.is_open(report) and report.shown_status == SHOWN[0] and not policy.reads_for_a_case(by):
        held = lock_report(report)
        meet_clock(held, "first_look")
        change(held, shown_status="read")


def _for_what(report: Report, by: User) -> dict[str, str]:
    """Whoever reads it for a case of theirs: that, and which case."""
    if not policy.reads_for_a_case(by):
        return {}
    led = cases.cases_of(report.conversation).filter(owner=by, closed_at=None).order_by("opened_at").first()
    return {"why": "case", "through": led.reference} if led else {}


@transaction.atomic
def take_report(report: Report, *, by: User) -> Report:
    """Of two who press at once one gets it."""
    held = lock_report(report)
    if held.assignee_id == by.pk:
        return held
    if not policy.can_take(by, held):
        raise ReportRefusedError(_("Somebody else has this report already."))
    return _give(held, by, by=by)


@transaction.atomic
def assign_report(report: Report, *, to: User | None, by: User) -> Report:
    """A supervisor gives it to somebody who may read it, or back to the list."""
    held = lock_report(report)
    if held.assignee_id == (to.pk if to else None):
        return held
    if to is None:
        refuse_unless(policy.can_work(by, held))
    elif not policy.can_assign(by, held, to):
        raise ReportRefusedError(_("This person cannot be given this report."))
    return _give(held, to, by=by)


@transaction.atomic
def assign_reports(reports: Iterable[Report], *, to: User, by: User) -> tuple[int, int]:
    """Several at once: how many were given, and how many could not be. One that cannot does not stop the others."""
    given = refused = 0
    for report in reports:
        try:
            with transaction.atomic():
                assign_report(report, to=to, by=by)
            given += 1
        except ReportRefusedError:
            refused += 1
    return given, refused


def _give(report: Report, to: User | None, *, by: User) -> Report:
    before = report.assignee.code if report.assignee else ""
    judge(report, "assignee", before, to.code if to else "", by=by)
    fields: dict[str, object] = {"assignee": to}
    if report.shown_status in SHOWN[:2] and to:
        fields["shown_status"] = "working"
    change(report, **fields)
    if to == by:
        meet_clock(report, "first_look")
    note_act("report.assigned", report, by, to=to.code if to else "nobody")
    return report


# --- judging --------------------------------------------------------------------------------------------------------


@transaction.atomic
def set_urgency(report: Report, *, urgency: int, reason: str = "", by: User) -> Report:
    """A person judges again. Raising needs no word; lowering needs a reason and stays on record."""
    held = lock_report(report)
    refuse_unless(policy.can_work(by, held) and 1 <= urgency <= 4)
    before = held.urgency
    if urgency > before and not reason.strip():
        raise ReportRefusedError(_("To lower the urgency, write down why."))
    if urgency == before:
        return held
    sealed = judge(held, "urgency", before, urgency, by=by, reason=reason)
    change(held, urgency=urgency)
    move_clocks(held, before, timezone.now())
    verb = "report.urgency_lowered" if urgency > before else "report.urgency_raised"
    note_act(verb, held, by, purpose=sealed, after=urgency)
    return held


@transaction.atomic
def set_kind(report: Report, *, kind: str, reason: str = "", by: User) -> Report:
    """What it really is about. A report that turns out to be the hotline's leaves the hands of who may not see it."""
    held = lock_report(report)
    refuse_unless(policy.can_work(by, held))
    if kind == held.kind:
        return held
    sealed = judge(held, "kind", held.kind, kind, by=by, reason=reason)
    note_act("report.kind_set", held, by, purpose=sealed, before=held.kind, after=kind)
    change(held, kind=kind)
    if held.assignee and not policy.visible_reports(held.assignee).filter(pk=held.pk).exists():
        _give(held, None, by=by)
    start_clocks(held)
    return held


@transaction.atomic
def assess_report(report: Report, *, by: User) -> Report:
    """Somebody has read all of it and knows what it is."""
    held = lock_report(report)
    refuse_unless(policy.can_work(by, held) or policy.can_classify(by, held))
    return mark_assessed(held, by=by)


@transaction.atomic
def set_shown_status(report: Report, *, shown: str, by: User) -> Report:
    """What the return page says, in plain words. How it ended is said by ending it."""
    held = lock_report(report)
    refuse_unless(policy.can_work(by, held) and shown in SHOWN[:-1])
    if held.shown_status != shown:
        judge(held, "shown", held.shown_status, shown, by=by)
        change(held, shown_status=shown)
        note_act("report.shown_set", held, by, after=shown)
    return held


# --- saying ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def say(report: Report, *, text: str, key: uuid.UUID, by: User) -> talks.Message:
    """Words to the person who reported; the same key twice is one message.

    Words that could lead away from the centre are held for a supervisor instead.
    """
    held = lock_report(report)
    refuse_unless(policy.can_work(by, held))
    if not text.strip():
        raise ReportRefusedError(_("There is nothing to send yet."))
    if found := talks.words_to_hold(text):
        return _hold_back(held, text.strip(), found, key, by)
    return _tell(held, text.strip(), key, author=by, by=by)


def _tell(report: Report, text: str, key: uuid.UUID, *, author: User, by: User) -> talks.Message:
    message = talks.tell_outcome(report.conversation, body=text, author=author, key=key)
    if message is None:
        raise ReportRefusedError(_("Everything was erased; nobody is left to read it."))
    meet_clock(report, "answered")
    bell.ring("reports")
    note_act("report.answered", report, by, seq=message.seq)
    return message


def _hold_back(report: Report, text: str, found: list[str], key: uuid.UUID, by: User) -> talks.Message:
    if report.conversation.forgotten_at:
        raise ReportRefusedError(_("Everything was erased; nobody is left to read it."))
    message = talks.hold_words(report.conversation, text=text, found=found, key=key, by=by)
    bell.ring("reports")
    note_act("words.held", report, by, seq=message.seq, found="-".join(found))
    return message


@transaction.atomic
def decide_held(report: Report, held_words: talks.HeldWords, *, release: bool, by: User) -> talks.Message | None:
    """A supervisor reads held words: they go out as their author's, or never. Nobody releases their own."""
    held = lock_report(report)
    refuse_unless(policy.can_lead(by) and policy.is_open(held) and held_words.conversation_id == held.pk)
    try:
        text = talks.decide_words(held_words, release=release, by=by)
    except talks.LedgerError as wrong:
        raise ReportRefusedError(_("These words are already decided, or are your own.")) from wrong
    note_act("words.released" if release else "words.refused", held, by, seq=held_words.seq)
    bell.ring("reports")
    key = uuid.uuid5(held.pk, f"released:{held_words.pk}")
    return _tell(held, text, key, author=held_words.by, by=by) if release else None


@transaction.atomic
def add_note(report: Report, *, text: str, key: uuid.UUID, by: User) -> talks.Message:
    """Words that only staff read."""
    held = lock_report(report)
    refuse_unless(policy.can_note(by, held))
    note, staff = talks.Direction.NOTE, talks.Audience.STAFF
    message = talks.append_message(
        held.conversation, direction=note, audience=staff, body=text.strip(), key=key, author=by
    )
    note_act("report.noted", held, by, seq=message.seq)
    return message
