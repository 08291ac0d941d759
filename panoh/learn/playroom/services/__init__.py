"""Every change of state of the playroom: its counters."""

from django.db import transaction
from django.utils import timezone

from panoh.ground.common.cells import add, month_of, settle

from ..models import PlayCell


@transaction.atomic
def count_play(piece: str, language: str, what: str) -> None:
    """One more today: ``begun``, ``finished`` or the form of a file. Nothing about who."""
    now = timezone.localtime()
    add(PlayCell, month_of(now), {"piece": piece, "language": language, "day": now.day, "what": what})


def settle_plays() -> int:
    """At night: the order of rows tells nothing."""
    return settle(PlayCell)
