"""Who may see and do what with cases. The only place that knows."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from panoh.ground.accounts.public import Role, User, may

from .models import ENDED, Access, Approval, BreakGlass, Case, Field, Reveal, WorkStatus

WORKERS = (Role.CASEWORKER, Role.SUPERVISOR)
DESK = (Role.COUNSELLOR, Role.CASEWORKER, Role.SUPERVISOR)
REVIEWERS = (Role.SUPERVISOR, Role.CUSTODIAN)

# What somebody is to a case, and which details of people they read. Whoever opened it or was let in reads what they
# need to speak with the child, not where it lives.
OWNER, LEAD, GUEST, OPENER, NOBODY = "owner", "lead", "guest", "opener", ""
ALL_FIELDS = frozenset(Field.values)
FIELDS = {
    OWNER: ALL_FIELDS,
    LEAD: ALL_FIELDS,
    GUEST: ALL_FIELDS - {Field.ADDRESS, Field.ACCOUNT, Field.WORKPLACE},
    OPENER: frozenset({Field.FULL_NAME, Field.OTHER_NAMES, Field.BIRTH_DATE, Field.LANGUAGE}),
    NOBODY: frozenset[str](),
}


def visible_cases(user: User) -> QuerySet[Case]:
    """A supervisor's all; of others those they own, opened, or were let into for a time."""
    if may(user, Role.SUPERVISOR):
        return Case.objects.all()
    if may(user, Role.CASEWORKER, Role.COUNSELLOR):
        return Case.objects.filter(Q(owner=user) | Q(opened_by=user) | Q(pk__in=_let_into(user)))
    return Case.objects.none()


def visible_parts(user: User) -> list[QuerySet[Case]]:
    """The same in parts that do not overlap, each with an index of its own: for lists over a million cases."""
    if may(user, Role.SUPERVISOR):
        return [Case.objects.all()]
    if not may(user, Role.CASEWORKER, Role.COUNSELLOR):
        return []
    opened = Case.objects.filter(~Q(owner=user) | Q(owner=None), opened_by=user)
    others = Case.objects.filter(~Q(owner=user) | Q(owner=None), ~Q(opened_by=user), pk__in=_let_into(user))
    return [Case.objects.filter(owner=user), opened, others]


def visible_keys(user: User) -> QuerySet[Case, Any]:
    """The keys of what a counsellor or a caseworker may see: a union by three indexes, where an OR reads every case."""
    if not may(user, Role.CASEWORKER, Role.COUNSELLOR):
        return Case.objects.none().values_list("pk")
    owned, opened = Case.objects.filter(owner=user), Case.objects.filter(opened_by=user)
    return owned.values_list("pk").union(opened.values_list("pk"), _let_into(user))


def _let_into(user: User) -> QuerySet[Access, Any]:
    return Access.objects.filter(user=user, until__gt=timezone.now()).values_list("case")


def relation(user: User, case: Case) -> str:
    """What this person is to the case; "" for one who may not see it."""
    if not may(user, *DESK):
        return NOBODY
    if case.owner_id == user.pk:
        return OWNER
    if may(user, Role.SUPERVISOR):
        return LEAD
    if Access.objects.filter(case=case, user=user, until__gt=timezone.now()).exists():
        return GUEST
    return OPENER if case.opened_by_id == user.pk else NOBODY


def visible_fields(user: User, case: Case) -> frozenset[str]:
    """Which details of the people of a case this person reads."""
    return FIELDS[relation(user, case)]


def needs_purpose(user: User, case: Case) -> bool:
    """Whoever opens a case that is neither theirs nor opened by them says why."""
    return user.pk not in {case.owner_id, case.opened_by_id}


def is_open(case: Case) -> bool:
    return case.status not in ENDED and case.forgotten_at is None


def can_read(user: User, case: Case) -> bool:
    return relation(user, case) != NOBODY


def can_add(user: User, case: Case) -> bool:
    """Notes and documents: everybody who may read it, while it is open."""
    return is_open(case) and can_read(user, case)


def can_work(user: User, case: Case) -> bool:
    """Assessment, plan, people, consent: its owner and the supervisors, while it is open."""
    return is_open(case) and relation(user, case) in {OWNER, LEAD}


def can_begin(user: User, case: Case) -> bool:
    """Write down who it is about: also whoever opened it, until somebody owns it."""
    return can_work(user, case) or (is_open(case) and case.owner_id is None and relation(user, case) == OPENER)


def can_take(user: User, case: Case) -> bool:
    """A case without an owner goes to a caseworker or a supervisor who may see it."""
    return is_open(case) and case.owner_id is None and may(user, *WORKERS) and can_read(user, case)


def can_own(user: User) -> bool:
    return may(user, *WORKERS)


def can_lead(user: User) -> bool:
    """Assign, transfer, merge, let in, override."""
    return may(user, Role.SUPERVISOR)


def can_approve(user: User, approval: Approval) -> bool:
    """A supervisor, never the one who asked."""
    return may(user, Role.SUPERVISOR) and approval.asked_by_id != user.pk and approval.decided_at is None


def can_reopen(user: User, case: Case) -> bool:
    return case.status in ENDED and case.forgotten_at is None and relation(user, case) in {OWNER, LEAD}


def can_edit(user: User, case: Case, status: str) -> bool:
    return can_work(user, case) and status == WorkStatus.DRAFT


# --- who is behind an alias -----------------------------------------------------------------------------------------


def can_ask_reveal(user: User, case: Case) -> bool:
    """A caseworker or a counsellor who works on the case: its owner, opener, or somebody let in."""
    return is_open(case) and relation(user, case) in {OWNER, OPENER, GUEST}


def visible_reveals(user: User) -> QuerySet[Reveal]:
    """A custodian sees what waits and what they decided; others what they asked for."""
    if can_keep(user):
        return Reveal.objects.filter(Q(decided_at=None) | Q(decided_by=user) | Q(asked_by=user))
    return Reveal.objects.filter(asked_by=user) if may(user, *DESK) else Reveal.objects.none()


def can_keep(user: User) -> bool:
    """A custodian who does not also hand out roles: nobody makes themselves the second person."""
    return may(user, Role.CUSTODIAN) and not may(user, Role.ADMINISTRATOR)


def can_decide_reveal(user: User, reveal: Reveal) -> bool:
    return can_keep(user) and reveal.asked_by_id != user.pk and reveal.decided_at is None


def can_open_reveal(user: User, reveal: Reveal) -> bool:
    """Only who asked, once, in time, and still on the case."""
    in_time = reveal.expires_at is not None and reveal.expires_at > timezone.now()
    granted = reveal.decision == "granted" and reveal.opened_at is None and in_time
    return granted and reveal.asked_by_id == user.pk and can_ask_reveal(user, reveal.case)


def can_break_glass(user: User, case: Case) -> bool:
    """At U1 alone, by somebody who works on the case."""
    return case.urgency == 1 and is_open(case) and relation(user, case) != NOBODY


def visible_glass(user: User) -> QuerySet[BreakGlass]:
    return BreakGlass.objects.exclude(by=user) if may(user, *REVIEWERS) else BreakGlass.objects.none()


def can_review_glass(user: User, glass: BreakGlass) -> bool:
    return may(user, *REVIEWERS) and glass.by_id != user.pk and glass.reviewed_at is None
