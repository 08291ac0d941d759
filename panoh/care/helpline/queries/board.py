"""The live board of a supervisor, and the counters in the frame of the desk."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Avg, Count, F, Min, Q
from django.utils import timezone

from panoh.ground.accounts.public import Role, User, may

from .. import rules
from ..models import (
    OPEN,
    CallBack,
    CloseReason,
    Complaint,
    Contact,
    Counsellor,
    DebriefRequest,
    Held,
    HelpRequest,
    MissedCall,
    Status,
    Talk,
)


@dataclass(frozen=True, slots=True)
class Board:
    """Today by the local clock. Service level: share of human first replies within the promise, in per cent."""

    waiting: dict[int, int]
    oldest_wait: int
    active: int
    answered_today: int
    in_time_today: int
    average_wait: int
    abandoned_today: int
    outside_hours_today: int
    blocked_today: int
    missed_calls_today: int
    people: list[dict[str, Any]]
    late: list[Talk]
    help_asked: list[HelpRequest]
    held: list[Held]
    complaints: int
    debriefs: list[DebriefRequest]

    @property
    def service_level(self) -> int | None:
        return round(100 * self.in_time_today / self.answered_today) if self.answered_today else None


def board(user: User) -> Board:
    """One look at the whole desk; a fixed number of queries."""
    now = timezone.now()
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    waiting = Talk.objects.filter(status=Status.WAITING)
    levels = dict(waiting.values_list("urgency").annotate(n=Count("pk")))
    oldest = waiting.aggregate(since=Min("waiting_since"))["since"]
    return Board(
        waiting={urgency: levels.get(urgency, 0) for urgency in range(1, 5)},
        oldest_wait=int((now - oldest).total_seconds()) if oldest else 0,
        active=Talk.objects.filter(status__in=[Status.ACTIVE, Status.ON_HOLD]).count(),
        **_answered(today),
        **_unanswered(today),
        people=_people(now),
        late=list(waiting.filter(promised_at__lt=now).select_related("conversation").order_by("promised_at")[:20]),
        help_asked=list(
            HelpRequest.objects.filter(answered_at=None, talk__status__in=OPEN).select_related(
                "talk__conversation", "by"
            )
        ),
        held=list(Held.objects.filter(decided_at=None).select_related("talk__conversation", "by")),
        complaints=Complaint.objects.filter(answered_at=None).exclude(about=user).count(),
        debriefs=list(DebriefRequest.objects.filter(held_at=None).select_related("by")),
    )


def _answered(today: datetime) -> dict[str, int]:
    waits = Talk.objects.filter(waiting_since__gte=today, first_human_reply_at__isnull=False).aggregate(
        n=Count("pk"),
        in_time=Count("pk", filter=Q(first_human_reply_at__lte=F("promised_at"))),
        wait=Avg(F("first_human_reply_at") - F("waiting_since")),
    )
    wait = waits["wait"] or timedelta()
    return {
        "answered_today": waits["n"],
        "in_time_today": waits["in_time"],
        "average_wait": int(wait.total_seconds()),
    }


def _unanswered(today: datetime) -> dict[str, int]:
    """Demand nobody met, by why: it is counted and shown, never hidden."""
    gone = Talk.objects.filter(closed_at__gte=today, first_human_reply_at=None).aggregate(
        left=Count("pk", filter=Q(close_reason=CloseReason.LEFT_BEFORE_ANSWER)),
        outside=Count("pk", filter=Q(close_reason=CloseReason.OUTSIDE_HOURS)),
        blocked=Count("pk", filter=Q(close_reason=CloseReason.BLOCKED_US)),
    )
    return {
        "abandoned_today": gone["left"],
        "outside_hours_today": gone["outside"],
        "blocked_today": gone["blocked"],
        "missed_calls_today": MissedCall.objects.filter(at__gte=today).count(),
    }


def _people(now: datetime) -> list[dict[str, Any]]:
    """Who is on, with how many talks, since when, and whose break is due."""
    held = dict(
        Talk.objects.filter(status__in=[Status.ACTIVE, Status.ON_HOLD]).values_list("assignee").annotate(n=Count("pk"))
    )
    due = timedelta(minutes=rules.number("breaks", "after_minutes", default=90))
    return [
        {
            "counsellor": one,
            "talks": held.get(one.user_id, 0),
            "since": one.presence_since,
            "break_due": one.presence == "on" and now - one.presence_since > due,
        }
        for one in Counsellor.objects.exclude(presence="off").select_related("user").order_by("user__name")
    ]


def counters(user: User) -> dict[str, int]:
    """The few numbers in the frame of every desk page."""
    lead = may(user, Role.SUPERVISOR)
    found = {
        "waiting": Talk.objects.filter(status=Status.WAITING).count(),
        "mine": Talk.objects.filter(assignee=user).exclude(status=Status.CLOSED).count(),
        "offered": Talk.objects.filter(offered_to=user, status=Status.WAITING).count(),
        "calls": CallBack.objects.filter(status__in=["open", "not_reached"], forgotten_at=None).count(),
        "drafts": Contact.objects.filter(by=user, status="draft", talk=None).count(),
    }
    if lead:
        found["attention"] = (
            HelpRequest.objects.filter(answered_at=None, talk__status__in=OPEN).count()
            + Held.objects.filter(decided_at=None).count()
            + Complaint.objects.filter(answered_at=None).exclude(about=user).count()
        )
    return found
