"""Erasing for good: the key goes, the list remembers, a restore cannot undo it."""

import re
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from .. import erasures
from ..models import LOOKUP, DataKey, Erasure
from .keys import held

REASON = re.compile(r"[a-z0-9_.:-]{1,40}")
AT_ONCE = 400


def list_file() -> Path:
    return Path(settings.DATA_DIR) / "erasures.log"


def destroy_keys(keys: Iterable[UUID], *, reason: str) -> int:
    """Destroy data keys for good when the caller's transaction commits; how many there are. ``reason`` is a code.

    The decision is written in that transaction, so a crash right after it is made good by ``finish_erasures``.
    Other processes may hold an unwrapped key for up to a minute longer.
    """
    if not REASON.fullmatch(reason):
        raise ValueError("a reason for erasing is a short code")
    present, doomed = 0, list(dict.fromkeys(keys))
    for batch in _batches(doomed):
        Erasure.objects.bulk_create([Erasure(key=key, reason=reason) for key in batch], ignore_conflicts=True)
        present += _doomed(batch).count()
        transaction.on_commit(partial(_erase, batch))
    return present


def finish_erasures() -> int:
    """Carry out what was decided and not finished; how many. Run by the timetable."""
    waiting = list(Erasure.objects.filter(done_at=None).values_list("key", flat=True))
    for batch in _batches(waiting):
        _erase(batch)
    return len(waiting)


def replay_erasures() -> int:
    """Destroy again what was ever destroyed, before a restored centre serves; how many keys had come back."""
    on_file = {line.key: line for line in erasures.read(list_file())}
    for batch in _batches(list(on_file)):
        known = set(Erasure.objects.filter(pk__in=batch).values_list("pk", flat=True))
        missing = [on_file[key] for key in batch if key not in known]
        Erasure.objects.bulk_create(
            [Erasure(key=line.key, reason=line.reason, decided_at=line.erased_at) for line in missing]
        )
    every = list(Erasure.objects.values_list("key", flat=True))
    came_back = sum(_doomed(batch).count() for batch in _batches(every))
    for batch in _batches([key for key in every if key not in on_file]):
        _note_on_file(batch)
    for batch in _batches(every):
        _delete(batch)
    return came_back


def erased_keys() -> QuerySet[Erasure, UUID]:
    """Keys that were ever destroyed; to be used inside another query: a row whose key is among them was erased, even
    where an old backup has brought the row itself back.
    """
    return Erasure.objects.values_list("key", flat=True)


def _erase(keys: list[UUID]) -> None:
    """First the list on the disk, then the keys: whatever is gone stays gone."""
    _note_on_file(keys)
    _delete(keys)


def _note_on_file(keys: list[UUID]) -> None:
    rows = Erasure.objects.filter(pk__in=keys)
    erasures.append(list_file(), [erasures.Line(row.key, row.reason, row.decided_at) for row in rows])


def _delete(keys: list[UUID]) -> None:
    _doomed(keys).delete()
    held.drop(set(keys))
    Erasure.objects.filter(pk__in=keys, done_at=None).update(done_at=timezone.now())


def _doomed(keys: list[UUID]) -> QuerySet[DataKey]:
    return DataKey.objects.filter(pk__in=keys).exclude(kind=LOOKUP)


def _batches(keys: list[UUID]) -> Iterator[list[UUID]]:
    return (keys[start : start + AT_ONCE] for start in range(0, len(keys), AT_ONCE))
