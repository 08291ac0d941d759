"""When a person may be written to first: the hours of the day they named as safe. Pure: no Django."""

from datetime import datetime, time, timedelta, tzinfo


def is_safe(clock: time, safe_from: time | None, safe_until: time | None) -> bool:
    """Whether a local clock lies in the stretch, which may cross midnight; no stretch, or one without an end, is all
    day."""
    if safe_from is None or safe_until is None or safe_from == safe_until:
        return True
    if safe_from < safe_until:
        return safe_from <= clock < safe_until
    return clock >= safe_from or clock < safe_until


def next_moment(now: datetime, safe_from: time | None, safe_until: time | None, zone: tzinfo) -> datetime:
    """``now`` itself while it is safe, else the next beginning of the safe hours on the clock of ``zone``."""
    local = now.astimezone(zone)
    if safe_from is None or is_safe(local.time(), safe_from, safe_until):
        return now
    day = local.date() if local.time() < safe_from else local.date() + timedelta(days=1)
    return datetime.combine(day, safe_from, zone)
