"""Personal data has an end: each room forgets after the days that ``centre/centre.toml`` gives it."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.exceptions import ImproperlyConfigured

from panoh.ground.common.centre import centre

from ..errors import RetentionFailedError

logger = logging.getLogger("panoh.vault")
Forget = Callable[[datetime], int]
_rooms: dict[str, Forget] = {}


def register_forget(room: str, forget: Forget) -> None:
    """Let ``room`` forget on the daily run: ``forget(before)`` erases what ended before and says how much."""
    _rooms[room] = forget


def days_of(room: str) -> int:
    """The days ``room`` may keep personal data; raises ``ImproperlyConfigured``."""
    days = centre("retention", room)
    if not isinstance(days, int) or isinstance(days, bool) or days < 1:
        raise ImproperlyConfigured(f"centre.toml: [retention] needs the number of days for {room!r}.")
    return days


def registered_rooms() -> list[str]:
    return sorted(_rooms)


def run_retention(now: datetime) -> dict[str, int]:
    """Let every room forget; what each forgot. One that fails does not stop the others: ``RetentionFailedError``."""
    forgotten: dict[str, int] = {}
    for room in registered_rooms():
        try:
            forgotten[room] = _rooms[room](now - timedelta(days=days_of(room)))
        except Exception:
            logger.exception("retention failed for %s", room)
    if failed := [room for room in registered_rooms() if room not in forgotten]:
        raise RetentionFailedError(failed)
    return forgotten
