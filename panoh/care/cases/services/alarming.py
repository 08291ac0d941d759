"""Whom to alarm, and the reminders that go by the clock."""

from collections.abc import Callable
from datetime import datetime

from panoh.ground.accounts.public import User

OnCall = Callable[[datetime], list[tuple[User, str]]]
_asked: list[OnCall] = []


def register_on_call(ask: OnCall) -> None:
    """A room above that keeps a rota tells who is on call: ``ask(now)`` gives people and their numbers."""
    _asked.append(ask)


def people_on_call(now: datetime) -> list[tuple[User, str]]:
    return [one for ask in _asked for one in ask(now)]
