"""Two clocks: what a phone says of its moment, put on ours. Pure of Django; every moment is aware of its zone."""

from datetime import UTC, datetime, timedelta

LONGEST_AWAY = timedelta(days=60)  # a phone that was offline; what claims to be older is taken at this age


def read(said: str) -> datetime | None:
    """A moment as a device writes it (ISO 8601 with a zone); None where it is none."""
    try:
        at = datetime.fromisoformat(said[:40])
    except ValueError:
        return None
    return at if at.tzinfo is not None and 2000 < at.year < 9000 else None


def held(device_at: datetime | None, device_now: datetime | None, now: datetime) -> datetime:
    """The moment on our clock: the device's, moved by as much as its clock was off when it sent.

    Never later than now, never further back than a phone may have been away. Without a clock of the device: now.
    """
    if device_at is None:
        return now
    at = device_at + (now - device_now) if device_now is not None else device_at
    return max(min(at, now), now - LONGEST_AWAY).astimezone(UTC)
