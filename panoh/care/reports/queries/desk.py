"""The list at the desk, and its counters. Every list is read by a key, not by a page number: flat at any size."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User, may, staff_with_role

from .. import policy
from ..models import Classification, Report, ReportStatus, SavedView

PER_PAGE = 25
MOST_COUNTED = 999
TABS = ("triage", "mine", "all")
WAITING = (ReportStatus.RECEIVED, ReportStatus.ASSESSED)
FILTERS = ("kind", "status", "urgency", "region")
BY_DUE = ("urgency", "due_at", "reference")
BY_ARRIVAL = ("-sent_at", "-reference")
BEGIN = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ReportList:
    """One page of the list. ``after`` is the key of its last row, empty at the end."""

    tab: str
    rows: list[Report]
    after: str
    counts: Mapping[str, int]
    filters: Mapping[str, str]

    @property
    def more(self) -> str:
        """The query of the next page."""
        return urlencode({"tab": self.tab, **self.filters, "after": self.after}) if self.after else ""


def report_list(
    user: User, *, tab: str = "triage", filters: Mapping[str, str] | None = None, after: str = ""
) -> ReportList:
    """What waits comes first: the most urgent, then the next deadline. Drafts are nobody's to read."""
    tab = tab if tab in TABS else TABS[0]
    wanted = {name: code for name, code in (filters or {}).items() if name in FILTERS and code}
    order = BY_ARRIVAL if tab == "all" else BY_DUE
    found = _of_tab(user, tab).filter(**_codes(wanted)).select_related("assignee").order_by(*order)
    rows = list(found.filter(_beyond(order, after))[: PER_PAGE + 1])
    key = _key(rows[PER_PAGE - 1], order) if len(rows) > PER_PAGE else ""
    counts = {name: _of_tab(user, name)[:MOST_COUNTED].count() for name in TABS[:2]}
    return ReportList(tab, rows[:PER_PAGE], key, counts, wanted)


def _of_tab(user: User, tab: str) -> QuerySet[Report]:
    reports = policy.visible_reports(user)
    if tab == "mine":
        return reports.filter(assignee=user, closed_at=None)
    return reports.filter(status__in=WAITING) if tab == "triage" else reports


def _codes(filters: Mapping[str, str]) -> dict[str, Any]:
    """An urgency that is no number finds nothing, and breaks nothing."""
    return {
        name: (int(code) if code.isdecimal() else 0) if name == "urgency" else code for name, code in filters.items()
    }


def _key(report: Report, order: tuple[str, ...]) -> str:
    if order == BY_ARRIVAL:
        return f"{_micros(report.sent_at)}.{report.reference}"
    return f"{report.urgency}.{_micros(report.due_at)}.{report.reference}"


def _beyond(order: tuple[str, ...], after: str) -> Q:
    """Rows behind the key. The outer bound lets the index begin where the page begins."""
    parts = after.split(".")
    try:
        if order == BY_ARRIVAL:
            sent, reference = _moment(parts[0]), parts[1]
            return Q(sent_at__lte=sent) & (Q(sent_at__lt=sent) | Q(reference__lt=reference))
        urgency, due, reference = int(parts[0]), _moment(parts[1]), parts[2]
    except (IndexError, ValueError, OverflowError):
        return Q()
    later = Q(due_at__gt=due) | Q(due_at=due, reference__gt=reference)
    return Q(urgency__gte=urgency) & (Q(urgency__gt=urgency) | later)


def _micros(moment: datetime | None) -> int:
    return ((moment or BEGIN) - BEGIN) // timedelta(microseconds=1)


def _moment(text: str) -> datetime:
    return BEGIN + timedelta(microseconds=int(text))


# --- numbers and names for the frame --------------------------------------------------------------------------------


def my_reports(user: User, limit: int = 10) -> list[Report]:
    """What this person holds, the next deadline first: for the desk's home."""
    held = policy.visible_reports(user).filter(assignee=user, closed_at=None)
    return list(held.order_by("due_at", "urgency")[:limit])


def find_reports(user: User, references: list[str]) -> list[Report]:
    """Reports with these references, or whose talk has one of them, as far as this person may read them."""
    named = Q(reference__in=references) | Q(conversation__reference__in=references)
    return list(policy.visible_reports(user).filter(named)[:MOST_COUNTED])


def report_counters(user: User) -> dict[str, int]:
    """The few numbers in the frame of every desk page: reports waiting, mine, late, waiting for a second person."""
    if not may(user, *policy.DESK):
        return {}
    reports, now = policy.visible_reports(user), timezone.now()
    waiting = reports.filter(status__in=WAITING)
    found = {
        "reports": waiting[:MOST_COUNTED].count(),
        "my_reports": reports.filter(assignee=user, closed_at=None)[:MOST_COUNTED].count(),
        "late_reports": waiting.filter(due_at__lt=now)[:MOST_COUNTED].count(),
    }
    if policy.can_lead(user):
        found["held_words"] = words_waiting(user).count()
    if may(user, *policy.HOTLINE):
        found["second_person"] = waiting_for_second(user).count()
    return found


def waiting_for_second(user: User) -> QuerySet[Classification]:
    """Classifications of the worst kind that somebody else has to look at; never one's own."""
    waiting = Classification.objects.filter(needs_second=True, second_by=None, withdrawn_at=None)
    return waiting.filter(report__closed_at=None).exclude(by=user)


def words_waiting(user: User) -> QuerySet[talks.HeldWords]:
    """Words to people who reported that another one of us has to read first; never one's own."""
    waiting = talks.HeldWords.objects.filter(decided_at=None, conversation__report__closed_at=None)
    return waiting.filter(conversation__forgotten_at=None).exclude(by=user)


def assignable(user: User) -> list[User]:
    """Whom this person could give reports to."""
    if not policy.can_lead(user):
        return [user] if may(user, *policy.DESK) else []
    return list(staff_with_role(*policy.DESK).order_by("name", "pk"))


def saved_views(user: User) -> QuerySet[SavedView]:
    return SavedView.objects.filter(user=user).order_by("name")


def reports_for(user: User, references: list[str]) -> list[Report]:
    """The gate for several at once: hidden and missing ones are left out alike."""
    return list(policy.visible_reports(user).filter(reference__in=references[: PER_PAGE * 4]).order_by("reference"))


def view_for(user: User, pk: int) -> SavedView:
    """One's own; another person's and a missing one look the same."""
    return get_object_or_404(SavedView, user=user, pk=pk)
