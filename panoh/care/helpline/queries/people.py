"""The rota, who is on call, and the hours nobody covers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from panoh.ground.accounts.public import Role, User, staff_with_role
from panoh.ground.vault import public as vault

from .. import policy, rules
from ..models import Counsellor, HandOver, Shift, Talk


@dataclass(frozen=True, slots=True)
class OnCall:
    """Who is called when nobody at the desk answers; ``phone`` is opened for the board of a supervisor only."""

    user: User
    phone: str
    until: datetime


def roster(start: datetime, end: datetime) -> QuerySet[Shift]:
    """Shifts that touch the stretch, earliest first."""
    return Shift.objects.filter(starts_at__lt=end, ends_at__gt=start).select_related("user").order_by("starts_at")


def my_shifts(user: User, *, days: int = 7) -> list[Shift]:
    """The shift that runs now and those of the days ahead, the earliest first."""
    now = timezone.now()
    return list(roster(now, now + timedelta(days=days)).filter(user=user)[:5])


def on_call_now(now: datetime | None = None) -> list[OnCall]:
    now = now or timezone.now()
    shifts = roster(now, now + timedelta(seconds=1)).filter(on_call=True)
    return [OnCall(shift.user, on_call_number(shift.user), shift.ends_at) for shift in shifts]


def on_call_number(person: User) -> str:
    """The number a supervisor or the alarm calls; empty where none is known."""
    counsellor = Counsellor.objects.filter(user=person).first()
    if counsellor is None or counsellor.phone is None or counsellor.phone_key is None:
        return ""
    return vault.unseal(counsellor.phone_key, bytes(counsellor.phone), where=f"helpline.phone:{person.pk}")


def uncovered_hours(start: datetime, days: int | None = None) -> list[tuple[datetime, datetime]]:
    """Stretches of opening hours without enough people on the rota, hour by hour, joined where they touch."""
    days = days or rules.number("rota", "look_ahead_days", default=14)
    needed = rules.number("rota", "minimum_on_shift", default=1)
    first = start.replace(minute=0, second=0, microsecond=0)
    end = first + timedelta(days=days)
    shifts = list(roster(first, end).filter(on_call=False).values_list("starts_at", "ends_at"))
    bare = [hour for hour in _hours(first, end) if rules.hours().is_open(hour) and _covered(hour, shifts) < needed]
    return _joined(bare)


def _hours(start: datetime, end: datetime) -> list[datetime]:
    return [start + timedelta(hours=n) for n in range(int((end - start).total_seconds() // 3600))]


def _covered(hour: datetime, shifts: Sequence[tuple[datetime, datetime]]) -> int:
    return sum(starts <= hour and ends >= hour + timedelta(hours=1) for starts, ends in shifts)


def _joined(hours: list[datetime]) -> list[tuple[datetime, datetime]]:
    stretches: list[tuple[datetime, datetime]] = []
    for hour in hours:
        if stretches and stretches[-1][1] == hour:
            stretches[-1] = (stretches[-1][0], hour + timedelta(hours=1))
        else:
            stretches.append((hour, hour + timedelta(hours=1)))
    return stretches


def colleagues(user: User, language: str = "") -> list[Counsellor]:
    """To whom a talk can be handed: on, vetted, speaking the language, not oneself."""
    on = Counsellor.objects.filter(presence__in=["on", "full"]).exclude(user=user).select_related("user")
    return [one for one in on if policy.is_vetted(one) and (not language or language in policy.spoken(one))]


def desk_people() -> list[User]:
    """Everyone who works at the desk."""
    return list(staff_with_role(Role.COUNSELLOR, Role.SUPERVISOR).order_by("name"))


def break_due(user: User, now: datetime | None = None) -> bool:
    """Long at the desk without a break, or several hard talks one after the other."""
    me = Counsellor.objects.filter(user=user, presence__in=["on", "full"]).first()
    if me is None:
        return False
    long = timedelta(minutes=rules.number("breaks", "after_minutes", default=90))
    hard = rules.number("breaks", "after_hard_talks", default=2)
    if (now or timezone.now()) - me.presence_since > long:
        return True
    mine = Talk.objects.filter(assignee=user, accepted_at__gte=me.presence_since).order_by("-accepted_at")
    lately = list(mine.values_list("urgency", flat=True)[:hard])
    return len(lately) == hard and max(lately, default=4) <= 2


@dataclass(frozen=True, slots=True)
class Note:
    """A hand-over note, opened for the desk."""

    entry: HandOver
    text: str


def hand_overs(limit: int = 10) -> list[Note]:
    """What earlier shifts left for the next, the newest first."""
    entries = HandOver.objects.select_related("by").order_by("-at")[:limit]
    return [Note(one, vault.unseal(one.data_key, bytes(one.note), where=_where(one))) for one in entries]


def _where(entry: HandOver) -> str:
    return f"helpline.hand_over:{entry.data_key}"


@dataclass(frozen=True, slots=True)
class Member:
    """One of the desk with what they can take; ``counsellor`` is missing until a supervisor sets their languages."""

    user: User
    counsellor: Counsellor | None
    is_vetted: bool
    ends_soon: bool


def members() -> list[Member]:
    """Everyone who works at the desk, with skills and vetting."""
    known = {one.user_id: one for one in Counsellor.objects.all()}
    return [member_of(user, known.get(user.pk)) for user in desk_people()]


def member_of(user: User, counsellor: Counsellor | None) -> Member:
    warn = timezone.localdate() + timedelta(days=rules.number("rota", "vetting_warn_days", default=30))
    vetted = counsellor is not None and policy.is_vetted(counsellor)
    expires = counsellor.vetting_expires_on if counsellor else None
    return Member(user, counsellor, vetted, vetted and expires is not None and expires <= warn)
