"""A list of learning events left the house."""

from django.db import transaction

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .. import policy
from ..errors import ExchangeRefusedError


@transaction.atomic
def note_events_taken(course: str, *, since: str, until: str, by: User) -> None:
    """Written down before the first line goes out."""
    if not policy.can_take_events(by):
        raise ExchangeRefusedError
    audit.record("events.taken", thing=f"course-{course}"[:40], actor=by.code, since=since, until=until)
