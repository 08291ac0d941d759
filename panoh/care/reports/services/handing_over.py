"""A report is passed to the police or another agency: a referral with a frozen packet of the chosen fields.

What becomes of it in the room below, and of the referrals of a case that the report is tied to, is followed from here.
"""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.care.cases import public as cases
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common import bell
from panoh.ground.languages.public import may_show, word
from panoh.ground.organisations.public import Organisation

from .. import policy
from ..errors import ReportRefusedError
from ..models import Report, ReportStatus
from ..queries.desk import WAITING
from ..queries.handing_over import Passed, ended_hand_overs, is_noted, sections_of, sent_hand_overs
from ..queries.one_report import is_withdrawn, waits_for_second
from .clocks import meet_clock
from .filling import lock_report
from .judging import change, judge, mark_assessed, note_act

PASSED_ON = "passed_on"
PASSED, TOLD = "report.passed_on", "report.outcome_told"
HAND_OVERS = ("police", "protection")  # the clocks that a hand-over meets
CLOCKS_OF = {
    "police": ("police",),
    "social": ("protection",),
}  # those that a referral of a case to such an agency meets
# Outcomes that a sentence of the centre can tell; what any other means is told by one of us.
PLAIN = ("service_given", "protection_ordered", "investigation_opened", "content_removed")


@transaction.atomic
def hand_over_report(report: Report, *, to: Organisation, fields: Collection[str], reason: str, by: User) -> str:
    """Drafted here; approving, sending and their answer are the referral's own life. Its number."""
    held = lock_report(report)
    if not policy.can_refer(by, held):
        raise ReportRefusedError(_("This report has moved on meanwhile, or is not yours. Look at it again."))
    referral = cases.draft_referral(
        case=None,
        source=held.reference,
        sections=sections_of(held),
        to=to,
        urgency=held.urgency,
        reason=reason,
        by=by,
        fields=fields,
        language=held.language,
    )
    note_act("report.handed_over", held, by, to=to.code, referral=referral.reference)
    return str(referral.reference)


def follow_hand_overs(now: datetime | None = None) -> int:
    """What the room below sent for us, or for a case of ours, shows here: clocks are met, the person reads it."""
    return sum(_follow(passed) for passed in sent_hand_overs(now or timezone.now()) if not is_noted(PASSED, passed))


@transaction.atomic
def _follow(passed: Passed) -> int:
    """Whoever sent it did it; a class that waits for a second person keeps the report where it is."""
    referral, held = passed.referral, _locked(passed)
    if held is None or not policy.is_open(held) or held.shown_status == PASSED_ON or referral.sent_by is None:
        return 0
    for kind in _met_by(referral):
        meet_clock(held, kind, at=referral.sent_at)
    if held.status in WAITING and not waits_for_second(held):
        mark_assessed(held, by=referral.sent_by)
        judge(held, "status", held.status, ReportStatus.REFERRED, by=referral.sent_by)
        change(held, status=ReportStatus.REFERRED)
    change(held, shown_status=PASSED_ON)
    note_act(PASSED, held, referral.sent_by, to=referral.to.code, referral=referral.reference)
    return 1


def _locked(passed: Passed) -> Report | None:
    found = Report.objects.filter(reference=passed.report).first()
    return lock_report(found) if found else None


def _met_by(referral: cases.Referral) -> Collection[str]:
    """A report's own hand-over meets its clocks; of a case's referrals only one to whom the clock is about."""
    return HAND_OVERS if referral.case_id is None else CLOCKS_OF.get(referral.to.kind, ())


# --- what came of it ------------------------------------------------------------------------------------------------


def tell_outcomes(now: datetime | None = None) -> int:
    """The person hears what came of a report that was passed on without a case; how many were told.

    In the centre's own words for the code that the agency chose, never in the agency's; at their safe hour.
    """
    return sum(_tell(passed) for passed in ended_hand_overs(now or timezone.now()) if not is_noted(TOLD, passed))


@transaction.atomic
def _tell(passed: Passed) -> int:
    """Once a referral. Whoever took the report back wants to hear nothing more; words nobody reviewed are not sent."""
    referral, held = passed.referral, _locked(passed)
    if held is None or held.forgotten_at or is_withdrawn(held) or is_noted(TOLD, passed):
        return 0
    code = f"report.outcome.{referral.outcome_code if referral.outcome_code in PLAIN else 'other'}"
    if not may_show(code, held.language):
        return 0
    said, key = word(code, held.language), uuid.uuid5(referral.pk, "outcome")
    if talks.tell_outcome(held.conversation, body=said, author=None, key=key) is None:
        return 0
    bell.ring("reports")
    told = {"to": referral.to.code, "referral": referral.reference, "outcome": referral.outcome_code}
    audit.record(TOLD, thing=held.reference, actor="system", purpose=None, **told)
    return 1
