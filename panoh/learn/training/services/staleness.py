"""What must be counted again: written beside the change, in its transaction; emptied by the worker."""

from collections.abc import Iterable
from typing import Any

from ..models import Stale

BULK = 500


def mark_stale(programme: int, **things: Iterable[Any]) -> None:
    """``things`` by kind: person, event, trainer, report; their numbers."""
    rows = [
        Stale(programme_id=programme, kind=kind, thing=thing)
        for kind, numbers in things.items()
        for thing in sorted({str(one) for one in numbers})
    ]
    Stale.objects.bulk_create(rows, batch_size=BULK)
