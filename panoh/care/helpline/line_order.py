"""Who is next: immediate danger first, then by level, and nobody waits for ever.

A talk that is overdue by ``step`` seconds counts one level more urgent, by twice that two levels, but never as U1:
nothing overtakes immediate danger. Within a level the oldest promise goes first. Because a promise never moves back, a
talk can only be overtaken by those of a more urgent level for a bounded time: there is no starvation.
"""

from datetime import datetime


def level(urgency: int, promised_at: datetime, now: datetime, step: int) -> int:
    """The level a waiting talk counts as, 1 to 4."""
    if urgency <= 1:
        return 1
    overdue = (now - promised_at).total_seconds()
    raised = max(0, int(overdue // step)) if step else 0
    return max(2, urgency - raised)


def place(urgency: int, promised_at: datetime, now: datetime, step: int) -> tuple[int, datetime]:
    """A sort key: the smallest is next."""
    return level(urgency, promised_at, now, step), promised_at
