"""What shall be done, by whom, until when; and when to look again."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .. import policy
from ..errors import CaseRefusedError
from ..models import Action, Approval, Case, CaseStatus, FollowUp, Plan, WorkStatus
from .asking import ask_approval
from .moves import change, lock_case, move, refresh_due, refuse_unless, sealed

PLANNED = {CaseStatus.PLAN, CaseStatus.IN_SERVICE}


@transaction.atomic
def plan_action(
    case: Case, *, title: str, owner: User | None = None, organisation: str = "", due_on: date, by: User
) -> Action:
    """One step of the plan that is being written: a colleague's or an organisation's."""
    held = lock_case(case)
    refuse_unless(policy.can_work(by, held))
    if not title.strip() or bool(owner) == bool(organisation) or (owner and not policy.can_read(owner, held)):
        raise CaseRefusedError(_("Say what is done and by whom: one colleague who may read the case, or one agency."))
    plan = _plan_in_work(held, by)
    action = Action(plan=plan, owner=owner, organisation=organisation, due_on=due_on)
    action.title = sealed(held, action, "title", title.strip())
    action.save()
    _planned(held)
    audit.record("action.planned", thing=held.reference, actor=by.code)
    return action


def _plan_in_work(case: Case, by: User) -> Plan:
    plan = case.plans.select_for_update().exclude(status=WorkStatus.APPROVED).first()
    if plan is None:
        plan = Plan(case=case, by=by, at=timezone.now())
        plan.goal = sealed(case, plan, "goal", "")
        plan.save()
    if plan.status != WorkStatus.DRAFT:
        raise CaseRefusedError(_("A supervisor is looking at it. It can be changed when it comes back."))
    return plan


@transaction.atomic
def set_goal(case: Case, *, goal: str, by: User) -> Plan:
    """What shall be different for the child when the plan is done."""
    held = lock_case(case)
    refuse_unless(policy.can_work(by, held))
    plan = _plan_in_work(held, by)
    plan.goal = sealed(held, plan, "goal", goal.strip())
    plan.save(update_fields=["goal"])
    change(held)
    audit.record("plan.goal", thing=held.reference, actor=by.code)
    return plan


@transaction.atomic
def finish_action(action: Action, *, is_done: bool = True, by: User) -> Action:
    """Done, or dropped from the plan."""
    held = lock_case(action.plan.case)
    row = Action.objects.select_for_update().get(pk=action.pk)
    refuse_unless(policy.can_work(by, held) or (policy.can_add(by, held) and row.owner_id == by.pk))
    refuse_unless(row.status == "open")
    row.status = "done" if is_done else "dropped"
    row.done_at, row.done_by = timezone.now(), by
    row.save(update_fields=["status", "done_at", "done_by"])
    _planned(held)
    audit.record(f"action.{row.status}", thing=held.reference, actor=by.code)
    return row


@transaction.atomic
def submit_plan(case: Case, *, words: str = "", by: User) -> Approval:
    """The plan is written: a supervisor is asked. The risk is judged first."""
    held = lock_case(case)
    refuse_unless(policy.can_work(by, held))
    if held.status not in PLANNED:
        raise CaseRefusedError(_("First the assessment is approved, then the plan."))
    plan = held.plans.select_for_update().filter(status=WorkStatus.DRAFT).first()
    if plan is None or not plan.actions.filter(status="open").exists():
        raise CaseRefusedError(_("A plan needs at least one action."))
    plan.status = WorkStatus.SUBMITTED
    plan.save(update_fields=["status"])
    return ask_approval(held, of="plan", subject=plan.pk, words=words, by=by)


@transaction.atomic
def start_service(case: Case, *, by: User) -> Case:
    """The approved plan is carried out from here."""
    held = lock_case(case)
    refuse_unless(policy.can_work(by, held))
    if not held.plans.filter(status=WorkStatus.APPROVED).exists():
        raise CaseRefusedError(_("A supervisor approves the plan first."))
    move(held, CaseStatus.IN_SERVICE)
    audit.record("case.in_service", thing=held.reference, actor=by.code)
    return held


@transaction.atomic
def plan_follow_up(case: Case, *, what: str, due_at: datetime, by: User) -> FollowUp:
    """To look again at this moment."""
    held = lock_case(case)
    refuse_unless(policy.can_work(by, held))
    if not what.strip() or due_at <= timezone.now():
        raise CaseRefusedError(_("Say what to look at, and a time that is still to come."))
    row = FollowUp(case=held, due_at=due_at, by=by)
    row.what = sealed(held, row, "what", what.strip())
    row.save()
    _planned(held)
    audit.record("follow_up.planned", thing=held.reference, actor=by.code)
    return row


@transaction.atomic
def finish_follow_up(follow_up: FollowUp, *, by: User) -> FollowUp:
    held = lock_case(follow_up.case)
    row = FollowUp.objects.select_for_update().get(pk=follow_up.pk)
    refuse_unless(policy.can_work(by, held) and row.done_at is None)
    row.done_at, row.done_by = timezone.now(), by
    row.save(update_fields=["done_at", "done_by"])
    _planned(held)
    audit.record("follow_up.done", thing=held.reference, actor=by.code)
    return row


def _planned(case: Case) -> None:
    change(case)
    refresh_due(case)
