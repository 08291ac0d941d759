"""How long a missing number is worth waiting for. Pure.

Telegram numbers its updates one after the other. What comes after a gap may overtake the one that is still on its way,
so it waits: briefly while updates flow, longer while nothing arrives at all, because then our door is shut (the web
process is being restarted) and the missing one cannot arrive either.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

HOLD = timedelta(seconds=1.5)  # the door is open, and still it does not come
PAUSE = timedelta(seconds=1)  # nothing came for so long: the door may be shut
SILENT_HOLD = timedelta(seconds=6)
LONGEST = timedelta(seconds=15)
FRESH = timedelta(hours=1)  # nothing for so long before: Telegram may have begun to count anew, no number is missing


def worth_waiting(came: datetime, later: Sequence[datetime], now: datetime, *, fresh: bool) -> bool:
    """``came``: when the first update after the gap arrived; ``later``: what arrived since then, oldest first."""
    if fresh:
        return now - came < HOLD
    open_since = last = came
    for at in later:
        if at - last > PAUSE:
            open_since = at
        last = at
    if now - came >= LONGEST:
        return False
    return now - last < SILENT_HOLD if now - last > PAUSE else now - open_since < HOLD
