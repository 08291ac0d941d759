"""Personal data has an end: each room forgets after the days that ``centre/centre.toml`` gives it."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.exceptions import ImproperlyConfigured

from panoh.ground.common.centre import centre

from ..errors import RetentionFailedError
from ..models import RetentionRun
from .erasure import replay_erasures
from .holding import held_things

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
    """Let every room forget; what each forgot. One that fails does not stop the others: ``RetentionFailedError``.

    Each room's run is written down as proof, also one that failed.
    """
    forgotten: dict[str, int] = {}
    for room in registered_rooms():
        number = _let_forget(room, now)
        if number is not None:
            forgotten[room] = number
    if failed := [room for room in registered_rooms() if room not in forgotten]:
        raise RetentionFailedError(failed)
    return forgotten


def finish_restore(now: datetime) -> int:
    """Before a restored centre serves: destroy again what was ever erased, and let every room forget what came back.

    How many keys had come back; without any, nothing was restored and nothing else is done. A room that fails is tried
    again at night: its words are gone already.
    """
    came_back = replay_erasures()
    if came_back:
        try:
            run_retention(now)
        except RetentionFailedError:
            logger.exception("after a restore")
    return came_back


def _let_forget(room: str, now: datetime) -> int | None:
    before = now
    try:
        before = now - timedelta(days=days_of(room))
        number = _rooms[room](before)
    except Exception:
        logger.exception("retention failed for %s", room)
        RetentionRun.objects.create(room=room, before=before, is_failed=True, held=held_things().count())
        return None
    RetentionRun.objects.create(room=room, before=before, forgotten=number, held=held_things().count())
    return number
