"""How a report ends: what came of it, a word to its sender, and the case that goes on."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.care.cases import public as cases
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import Role, User, may

from .. import policy
from ..errors import ReportRefusedError
from ..models import Report, ReportStatus
from ..queries.one_report import is_classified, waits_for_second
from .clocks import meet_clock, stop_clocks
from .counting import count_report
from .filling import lock_report
from .judging import SHOWN, change, judge, mark_assessed, note_act, refuse_unless

OUTCOMES = (
    ReportStatus.ACTIONED,
    ReportStatus.REFERRED,
    ReportStatus.DUPLICATE,
    ReportStatus.OUT_OF_REMIT,
    ReportStatus.UNABLE_TO_ASSESS,
    ReportStatus.UNFOUNDED,
)
LONGEST_CHAIN = 100  # of reports that repeat each other
# What follows from a class: it needs to be sure.
ACTING = (ReportStatus.ACTIONED, ReportStatus.REFERRED)


@transaction.atomic
def decide_report(
    report: Report, *, outcome: str, reason: str = "", original: Report | None = None, by: User
) -> Report:
    """How it came out. A class of the worst kind that only one person has seen stands in the way of acting on it."""
    held = lock_report(report)
    refuse_unless(policy.can_work(by, held) and outcome in OUTCOMES)
    _refuse_unsure(held, outcome)
    if (outcome == ReportStatus.DUPLICATE) != (original is not None):
        raise ReportRefusedError(_("A report that repeats another one needs the number of that one."))
    if original:
        refuse_unless(
            original.pk != held.pk and original.status != ReportStatus.DRAFT and not _leads_to(original, held)
        )
    mark_assessed(held, by=by)
    if held.status == outcome and held.duplicate_of_id == (original.pk if original else None):
        return held
    sealed = judge(held, "status", held.status, outcome, by=by, reason=reason)
    change(held, status=outcome, duplicate_of=original)
    to = original.reference if original else ""
    note_act("report.decided", held, by, purpose=sealed, outcome=outcome, to=to)
    return held


def _leads_to(first: Report, target: Report) -> bool:
    """Whether a chain of "repeats" from ``first`` comes back to ``target``; read anew, link by link."""
    step = first.pk
    for _link in range(LONGEST_CHAIN):
        if step is None or step == target.pk:
            return step is not None
        step = Report.objects.filter(pk=step).values_list("duplicate_of", flat=True).first()
    return True


def _refuse_unsure(report: Report, outcome: str) -> None:
    if waits_for_second(report):
        raise ReportRefusedError(_("A second person has to look at what was found before this report can go on."))
    if outcome in ACTING and report.kind in policy.HOTLINE_KINDS and not is_classified(report):
        raise ReportRefusedError(_("Classify what was found first."))


@transaction.atomic
def close_report(report: Report, *, body: str, key: uuid.UUID, by: User) -> Report:
    """The end: the person reads what was done, the clocks stop, the facts are counted, and words get their end."""
    held = lock_report(report)
    refuse_unless(policy.can_work(by, held))
    if held.status not in OUTCOMES:
        raise ReportRefusedError(_("Say first how it came out."))
    _refuse_unsure(held, held.status)
    if not body.strip():
        raise ReportRefusedError(_("Write to the person what was done."))
    if talks.words_to_hold(body):
        raise ReportRefusedError(
            _("These words hold a number, a name, a link or a meeting outside the centre. Say it without them.")
            + " "
            + _("A message with them waits for a supervisor before it goes out.")
        )
    talks.tell_outcome(held.conversation, body=body.strip(), author=by, key=key)
    _end(held, timezone.now(), by)
    return held


def _end(report: Report, now: datetime, by: User) -> None:
    outcome = report.status
    judge(report, "status", outcome, ReportStatus.CLOSED, by=by)
    meet_clock(report, "answered", at=now)
    stop_clocks(report, now)
    change(report, status=ReportStatus.CLOSED, shown_status="closed", closed_at=now, assignee=report.assignee or by)
    talks.close_conversation(report.conversation, at=now)
    note_act("report.closed", report, by, outcome=outcome)
    count_report(report)


# --- opening a case -------------------------------------------------------------------------------------------------


@transaction.atomic
def open_case_of(report: Report, *, by: User) -> cases.Case:
    """Governed work for the child begins; the report is tied to it. A second press finds the first one's case."""
    held = lock_report(report)
    if not policy.can_open_case(by, held):
        raise ReportRefusedError(_("You cannot open a case for this report."))
    if found := cases.cases_of(held.conversation).filter(opened_by=by, closed_at=None).first():
        return found
    codes = {"urgency": held.urgency, "kind": held.kind, "region": held.region}
    child = {"age_band": held.age_band, "sex": held.sex} if held.about != "seen" else {}
    alias = held.conversation.alias
    case = cases.open_case(alias=alias, language=held.language, by=by, owner=_owner(by), **codes, **child)
    cases.link_to_case(case, kind="report", reference=held.reference, conversation=held.conversation, by=by)
    _note_case(held, case, by)
    return case


def _owner(by: User) -> User | None:
    """Who works on cases keeps it; a counsellor's waits for somebody who does."""
    return by if may(by, Role.CASEWORKER, Role.SUPERVISOR) else None


@transaction.atomic
def link_report(report: Report, case: cases.Case, *, by: User) -> None:
    """Tie a report to a case there is."""
    held = lock_report(report)
    if not policy.can_open_case(by, held):
        raise ReportRefusedError(_("You cannot tie this report to a case."))
    cases.link_to_case(case, kind="report", reference=held.reference, conversation=held.conversation, by=by)
    _note_case(held, case, by)


def _note_case(report: Report, case: cases.Case, by: User) -> None:
    if report.shown_status in SHOWN[:2]:
        change(report, shown_status="working")
    note_act("report.case_opened", report, by, to=case.reference)
