"""Minutes on hard material: how many lie behind somebody, and until when they rest."""

from datetime import datetime, timedelta

from django.utils import timezone

from panoh.ground.accounts.public import User

from ..desk_rules import hotline, number
from ..models import Exposure, Rest


def hard_minutes(user: User, now: datetime | None = None) -> int:
    """Minutes on hard reports in this shift, since the last break ended or was begun."""
    now = now or timezone.now()
    looks = Exposure.objects.filter(user=user, began_at__gte=_since(user, now))
    return sum(look_minutes(look, now) for look in looks)


def _since(user: User, now: datetime) -> datetime:
    shift = now - timedelta(hours=hotline("shift_hours"))
    rest = Rest.objects.filter(user=user, began_at__gte=shift).order_by("-began_at").first()
    return rest.began_at if rest else shift


def look_minutes(look: Exposure, now: datetime) -> int:
    """A finished look as it was counted; an open one by the clock, a forgotten page not without end."""
    if look.ended_at:
        return look.minutes
    passed = (now - look.began_at).total_seconds() / 60
    return min(round(passed), int(hotline("longest_look_minutes")))


def resting_until(user: User, now: datetime | None = None) -> datetime | None:
    """The end of the break this person is in; None when they are not."""
    rest = Rest.objects.filter(user=user, ends_at__gt=now or timezone.now()).order_by("-ends_at").first()
    return rest.ends_at if rest else None


def must_rest(user: User) -> bool:
    """Nothing hard is opened: a break is due, or is not over yet."""
    limit = number("breaks", "exposure_minutes_per_shift", default=45)
    return resting_until(user) is not None or hard_minutes(user) >= limit
