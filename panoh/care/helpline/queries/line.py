"""The queue."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from panoh.ground.accounts.public import Role, User, may

from .. import policy, rules
from ..line_order import level, place
from ..models import Counsellor, Status, Talk

STEP = ("queue", "starvation_seconds")


def in_line(now: datetime, *, limit: int = 200, languages: Collection[str] | None = None) -> list[Talk]:
    """Who waits, the next one first, in some languages or in all; two bounded reads whatever the history."""
    step = rules.number(*STEP, default=1200)
    waiting = Talk.objects.filter(status=Status.WAITING).select_related("conversation", "offered_to")
    if languages is not None:
        waiting = waiting.filter(language__in=languages)
    soonest = list(waiting.order_by("urgency", "promised_at")[:limit])
    oldest = list(waiting.order_by("promised_at")[:limit])
    unique = {talk.pk: talk for talk in [*soonest, *oldest]}
    return sorted(unique.values(), key=lambda talk: place(talk.urgency, talk.promised_at or now, now, step))[:limit]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the queue. ``share`` is the part of the promise already used, in per cent, 100 when late."""

    talk: Talk
    level: int
    waited: int
    promised: int
    share: int
    is_mine: bool
    can_take: bool

    @property
    def is_late(self) -> bool:
        return self.share >= 100


@dataclass(frozen=True, slots=True)
class Queue:
    """What a counsellor sees first: offered to me, who waits, my talks, and how many more there are."""

    rows: list[Row]
    mine: list[Talk]
    waiting_total: int
    me: Counsellor | None
    has_room: bool


def queue(user: User, *, limit: int = 50) -> Queue:
    """The queue page in a handful of queries, flat with the history."""
    now = timezone.now()
    me = Counsellor.objects.filter(user=user).first()
    languages = _readable(user, me)
    line = _line_of(user, languages, now, limit)
    rows = sorted(
        (_row(talk, user, languages, now) for talk in line), key=lambda row: (row.talk.urgency != 1, not row.is_mine)
    )
    mine = Talk.objects.filter(assignee=user).exclude(status=Status.CLOSED).select_related("conversation")
    total = Talk.objects.filter(status=Status.WAITING).aggregate(n=Count("pk", filter=Q()))["n"]
    mine_now = list(mine.order_by("urgency", "accepted_at"))
    held = sum(talk.status in {Status.ACTIVE, Status.ON_HOLD} for talk in mine_now)
    room = bool(me and me.presence == "on" and held < me.capacity) or (me is None and may(user, Role.SUPERVISOR))
    return Queue(rows, mine_now, total, me, room)


def _line_of(user: User, languages: set[str] | None, now: datetime, limit: int) -> list[Talk]:
    """The first in line, and behind them what is mine to take however far back it stands."""
    line = in_line(now, limit=limit)
    own = Talk.objects.filter(status=Status.WAITING, offered_to=user).select_related("conversation", "offered_to")
    more = list(own)
    if len(line) >= limit and languages and not any(talk.language in languages for talk in line):
        more += in_line(now, limit=limit // 5, languages=languages)
    return list({talk.pk: talk for talk in [*line, *more]}.values())


def next_row(user: User) -> Row | None:
    """The talk to accept with one press: the one offered to me, else the first I can take."""
    return next((row for row in queue(user).rows if row.is_mine or row.can_take), None)


def _readable(user: User, me: Counsellor | None) -> set[str] | None:
    """Languages one may take; None for all."""
    if may(user, Role.SUPERVISOR):
        return None
    return set(policy.spoken(me)) if me and policy.is_vetted(me) else set()


def _row(talk: Talk, user: User, languages: set[str] | None, now: datetime) -> Row:
    since, promise = talk.waiting_since or now, talk.promised_at or now
    waited, promised = int((now - since).total_seconds()), max(1, int((promise - since).total_seconds()))
    return Row(
        talk=talk,
        level=level(talk.urgency, promise, now, rules.number(*STEP, default=1200)),
        waited=waited,
        promised=promised,
        share=min(100, waited * 100 // promised),
        is_mine=talk.offered_to_id == user.pk,
        can_take=languages is None or talk.language in languages,
    )
