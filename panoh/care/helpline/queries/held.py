"""Words that wait for a supervisor, opened for reading."""

from dataclasses import dataclass

from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User

from .. import policy
from ..models import Held


@dataclass(frozen=True, slots=True)
class HeldWords:
    """``is_own``: nobody releases their own words, a supervisor's either."""

    held: Held
    text: str
    is_own: bool


def held_words(user: User, *, limit: int = 20) -> list[HeldWords]:
    """Undecided ones, the oldest first; empty for who does not lead."""
    if not policy.can_lead(user):
        return []
    waiting = Held.objects.filter(decided_at=None).select_related("talk__conversation", "by").order_by("at")[:limit]
    return [HeldWords(one, _text(one), one.by_id == user.pk) for one in waiting]


def _text(held: Held) -> str:
    """A held line never changes after it was written, so it is among the first after its own number."""
    lines = talks.lines_after(held.talk_id, held.message_seq - 1, audience=talks.Audience.STAFF, limit=20)
    return next((line.text for line in lines if line.seq == held.message_seq), "")
