"""How great is the risk: answered by the caseworker, counted by the server, approved by a supervisor."""

import json

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .. import policy, rules
from ..errors import CaseRefusedError
from ..models import Approval, Assessment, Case, CaseStatus, WorkStatus
from ..scoring import ToolError
from .asking import ask_approval
from .moves import change, lock_case, move, refuse_unless, sealed


@transaction.atomic
def save_assessment(case: Case, *, answers: dict[str, str], by: User) -> Assessment:
    """Keep the answers so far; a draft stays with the version of the tool it was begun with."""
    held = lock_case(case)
    refuse_unless(policy.can_work(by, held))
    row = held.assessments.select_for_update().exclude(status=WorkStatus.APPROVED).first()
    if row is not None and row.status == WorkStatus.SUBMITTED:
        raise CaseRefusedError(_("A supervisor is looking at it. It can be changed when it comes back."))
    tool = rules.tool(row.tool, row.version) if row else rules.tool()
    row = row or Assessment(case=held, tool=tool.code, version=tool.version)
    try:
        score = tool.score(answers)
    except ToolError as wrong:
        raise CaseRefusedError(_("These are not answers of this tool.")) from wrong
    row.answers = sealed(held, row, "answers", json.dumps({k: v for k, v in answers.items() if v}))
    row.score, row.risk, row.by, row.at = score.points, score.risk, by, timezone.now()
    row.save()
    if held.status == CaseStatus.NEW:
        move(held, CaseStatus.ASSESSMENT)
    change(held)
    audit.record("assessment.saved", thing=held.reference, actor=by.code, score=score.points)
    return row


@transaction.atomic
def submit_assessment(case: Case, *, answers: dict[str, str], words: str = "", by: User) -> Approval:
    """All answered: a supervisor is asked."""
    row = save_assessment(case, answers=answers, by=by)
    tool = rules.tool(row.tool, row.version)
    if missing := tool.score(answers).missing:
        raise CaseRefusedError(_("Not answered yet: %(number)d. “Not known” is an answer.") % {"number": len(missing)})
    row.status, row.submitted_at = WorkStatus.SUBMITTED, timezone.now()
    row.save(update_fields=["status", "submitted_at"])
    return ask_approval(lock_case(case), of="assessment", subject=row.pk, words=words, by=by)
