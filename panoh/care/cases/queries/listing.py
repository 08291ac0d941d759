"""The list of cases: tabs, filters and pages by key, so that the last page costs what the first one does."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from panoh.ground.accounts.public import Role, User, may, staff_with_role

from .. import policy
from ..models import ENDED, Approval, Case, CaseStatus, Risk, SavedView

TABS = ("mine", "open", "approvals", "overdue", "all", "closed")
PER_PAGE = 25
NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address of the list says, read; what it cannot mean is left out."""

    tab: str = "mine"
    status: str = ""
    risk: str = ""
    region: str = ""
    owner: str = ""

    @classmethod
    def read(cls, told: Mapping[str, str]) -> "Filters":
        tab = told.get("tab", "")
        status, risk = told.get("status", ""), told.get("risk", "")
        return cls(
            tab if tab in TABS else "mine",
            status if status in CaseStatus.values else "",
            risk if risk in Risk.values else "",
            told.get("region", "")[:8],
            told.get("owner", "")[:12],
        )

    def as_query(self, **more: str) -> str:
        """The address again, without what is empty."""
        return urlencode({name: value for name, value in {**asdict(self), **more}.items() if value})

    def with_tab(self, tab: str) -> str:
        return self.as_query(tab=tab)


# What a row of the list shows.
SHOWN = (
    "reference", "alias", "status", "risk", "urgency", "region", "next_due_at", "changed_at", "owner__name"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listing:
    """One page. ``more`` is the address of what follows; how many there are in all is not asked."""

    cases: list[Case]
    more: str


def case_list(user: User, filters: Filters, after: str = "", *, per_page: int = PER_PAGE) -> Listing:
    """The cases of a tab that this person may read, newest change first; the overdue ones the longest overdue first."""
    by_due = filters.tab == "overdue"
    order = ("next_due_at", "id") if by_due else ("-changed_at", "-id")
    rows: list[Case] = []
    for part in policy.visible_parts(user):
        found = _after(_filtered(_in_tab(user, part, filters.tab), filters), after, by_due)
        rows += found.select_related("owner").only(*SHOWN).order_by(*order)[: per_page + 1]
    rows.sort(key=lambda one: (one.next_due_at if by_due else one.changed_at, one.pk), reverse=not by_due)
    more = filters.as_query(after=_key(rows[per_page - 1], by_due)) if len(rows) > per_page else ""
    return Listing(rows[:per_page], more)


def _in_tab(user: User, cases: QuerySet[Case], tab: str) -> QuerySet[Case]:
    if tab == "mine":
        return cases.filter(owner=user, closed_at=None)
    if tab == "open":
        return cases.filter(closed_at=None)
    if tab == "approvals":
        return cases.filter(closed_at=None, pk__in=approvals_for(user).values("case"))
    if tab == "overdue":
        return cases.filter(closed_at=None, next_due_at__lt=timezone.now())
    return cases.filter(status__in=ENDED) if tab == "closed" else cases


def approvals_for(user: User) -> QuerySet[Approval]:
    """What waits for this supervisor; of others, what they have asked for."""
    waiting = Approval.objects.filter(decided_at=None)
    return waiting.exclude(asked_by=user) if may(user, Role.SUPERVISOR) else waiting.filter(asked_by=user)


def _filtered(cases: QuerySet[Case], filters: Filters) -> QuerySet[Case]:
    named = {"status": filters.status, "risk": filters.risk, "region": filters.region}
    cases = cases.filter(**{name: value for name, value in named.items() if value})
    if filters.owner == NOBODY:
        return cases.filter(owner=None)
    return cases.filter(owner__code=filters.owner) if filters.owner else cases


def _key(case: Case, by_due: bool) -> str:
    moment = case.next_due_at if by_due else case.changed_at
    return f"{moment.isoformat() if moment else ''}~{case.pk}"


def _after(cases: QuerySet[Case], after: str, by_due: bool) -> QuerySet[Case]:
    """What comes after a key; an unreadable key is the first page."""
    moment, _, pk = after.partition("~")
    try:
        at, key = datetime.fromisoformat(moment), UUID(pk)
    except ValueError:
        return cases
    if timezone.is_naive(at):
        return cases
    if by_due:
        return cases.filter(Q(next_due_at__gt=at) | Q(next_due_at=at, pk__gt=key), next_due_at__gte=at)
    return cases.filter(Q(changed_at__lt=at) | Q(changed_at=at, pk__lt=key), changed_at__lte=at)


def people_who_lead() -> QuerySet[User]:
    """Those to whom a case can be given."""
    return staff_with_role(*policy.WORKERS).order_by("name", "pk")


def names_who_lead() -> list[tuple[str, str]]:
    """Their codes and names alone, for a select."""
    return list(people_who_lead().values_list("code", "name"))


def views_of(user: User) -> list[tuple[SavedView, Filters]]:
    """The kept views of a person, read again."""
    rows = SavedView.objects.filter(user=user).order_by("pk")
    return [
        (row, Filters.read(dict(pair.split("=", 1) for pair in row.filters.split("&") if "=" in pair))) for row in rows
    ]
