"""Who may see and do what with reports. The only place that knows."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from panoh.care.cases import public as cases
from panoh.ground.accounts.public import Role, User, may

from .desk_rules import number
from .models import Classification, Report, ReportStatus

DESK = (Role.COUNSELLOR, Role.HOTLINE_ANALYST, Role.SUPERVISOR)
# Who may open the page of a report: a caseworker reads there what is tied to a case they lead, no more.
READERS = (*DESK, Role.CASEWORKER)
# Kinds whose material only the hotline and supervisors may work on.
HOTLINE_KINDS = ("abuse_material",)


def visible_reports(user: User) -> QuerySet[Report]:
    """Sent reports this person may read: supervisors and the hotline all, a counsellor all but the hotline's kinds.

    What is closed a counsellor reads only when they held it, for the hours of ``centre.toml``, or when it is on a case
    of theirs. A caseworker reads what is tied to an open case that they lead, and nothing else.
    """
    sent = Report.objects.exclude(status=ReportStatus.DRAFT)
    if may(user, Role.SUPERVISOR, Role.HOTLINE_ANALYST):
        return sent
    if may(user, Role.COUNSELLOR):
        since = timezone.now() - timedelta(hours=number("access", "finished_talk_hours", default=72))
        own = Q(assignee=user, closed_at__gte=since) | Q(pk__in=cases.conversations_open_to(user))
        return sent.filter(Q(closed_at=None) | own).exclude(kind__in=HOTLINE_KINDS)
    if may(user, Role.CASEWORKER):
        return sent.filter(pk__in=cases.conversations_led_by(user)).exclude(kind__in=HOTLINE_KINDS)
    return sent.none()


def reads_for_a_case(user: User) -> bool:
    """Whoever sees a report only because it is tied to a case of theirs."""
    return not may(user, *DESK)


# --- working on one -------------------------------------------------------------------------------------------------

HOTLINE = (Role.HOTLINE_ANALYST, Role.SUPERVISOR)
CASE_OPENERS = (Role.COUNSELLOR, Role.CASEWORKER, Role.SUPERVISOR)


def is_open(report: Report) -> bool:
    return report.closed_at is None and report.forgotten_at is None and report.status != ReportStatus.DRAFT


def can_work(user: User, report: Report) -> bool:
    """Judge, answer and end it: who holds the report and who supervises, until it is closed."""
    mine = report.assignee_id == user.pk and may(user, *DESK)
    return is_open(report) and (mine or may(user, Role.SUPERVISOR))


def can_take(user: User, report: Report) -> bool:
    """Nobody holds it yet; whoever may read it may take it."""
    free = is_open(report) and report.assignee_id is None
    return free and may(user, *DESK) and visible_reports(user).filter(pk=report.pk).exists()


def can_assign(user: User, report: Report, to: User) -> bool:
    """A supervisor gives a report to anybody who may read it; others take what is free, for themselves."""
    if not may(user, Role.SUPERVISOR):
        return to.pk == user.pk and can_take(user, report)
    return is_open(report) and may(to, *DESK) and visible_reports(to).filter(pk=report.pk).exists()


def can_lead(user: User) -> bool:
    return may(user, Role.SUPERVISOR)


def can_classify(user: User, report: Report) -> bool:
    """Only the hotline says what a picture is, in the law's words."""
    return is_open(report) and may(user, *HOTLINE)


def can_erase(user: User, report: Report) -> bool:
    return can_lead(user) and report.closed_at is not None and report.forgotten_at is None


def can_export(user: User, report: Report) -> bool:
    """Also once it is closed: who asks for it often comes late."""
    return report.forgotten_at is None and may(user, *HOTLINE)


def can_confirm(user: User, classification: Classification) -> bool:
    """The second person is never the first."""
    return may(user, *HOTLINE) and classification.by_id != user.pk


def can_open_case(user: User, report: Report) -> bool:
    return is_open(report) and may(user, *CASE_OPENERS)


def can_note(user: User, report: Report) -> bool:
    """A note among staff; a caseworker writes theirs in the case."""
    return is_open(report) and may(user, *DESK) and visible_reports(user).filter(pk=report.pk).exists()


def can_refer(user: User, report: Report) -> bool:
    """A hand-over may begin with whoever works on the report; sending it is the referral's own rule."""
    return can_work(user, report)


def needs_purpose(report: Report) -> bool:
    """A report that is over is opened only by who says why."""
    return report.closed_at is not None
