"""The data keys: made, held for a minute, wrapped again when the master key changes."""

import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID, uuid4

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction

from panoh.ground.common.inserting import insert

from .. import sealing
from ..errors import ErasedError, TamperedError
from ..models import LOOKUP, DataKey

HELD_SECONDS = 60.0
HELD_AT_MOST = 2048
ROTATED_AT_ONCE = 200
BULK = 500


class HeldKeys:
    """Unwrapped data keys, at most ``HELD_SECONDS`` old: the one reason why sealing costs no query. Thread-safe.

    A destroyed key must not come back through a thread that read it just before: ``keep`` takes only what was read
    in the present epoch, and dropping anything begins a new one.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._keys: OrderedDict[UUID, tuple[float, bytes]] = OrderedDict()
        self.epoch = 0

    def get(self, key: UUID) -> bytes | None:
        with self._lock:
            until, held = self._keys.get(key, (0.0, b""))
            if until < time.monotonic():
                self._keys.pop(key, None)
                return None
            self._keys.move_to_end(key)
            return held

    def keep(self, key: UUID, plain: bytes, *, epoch: int) -> None:
        with self._lock:
            if epoch != self.epoch:
                return
            self._keys[key] = (time.monotonic() + HELD_SECONDS, plain)
            self._keys.move_to_end(key)
            while len(self._keys) > HELD_AT_MOST:
                self._keys.popitem(last=False)

    def drop(self, keys: set[UUID] | None = None) -> None:
        """Let go of ``keys``, or of all."""
        with self._lock:
            self.epoch += 1
            for key in list(self._keys) if keys is None else keys:
                self._keys.pop(key, None)


held = HeldKeys()
_lookup_ids: dict[str, UUID] = {}


@lru_cache(maxsize=4)
def _read_ring(written: str) -> sealing.Ring:
    try:
        return sealing.read_ring(written)
    except sealing.RingShapeError as error:
        raise ImproperlyConfigured(
            f"PANOH_VAULT_KEYS: {error}. Write it as id:64 hexadecimal digits, newest first, a comma between; "
            "a passphrase is not a key."
        ) from None


def ring() -> sealing.Ring:
    """The master keys of this process; raises ``ImproperlyConfigured``."""
    return _read_ring(settings.VAULT_KEYS)


def new_key(kind: str) -> UUID:
    """A fresh data key, committed in the key store whatever becomes of the caller's transaction."""
    key, plain, epoch = uuid4(), sealing.new_data_key(), held.epoch
    wrapped, name = sealing.wrap(ring(), plain, key_id=key, kind=kind)
    insert(DataKey(id=key, kind=kind, wrapped=wrapped, ring=name))
    held.keep(key, plain, epoch=epoch)
    return key


def new_keys(kind: str, number: int) -> list[UUID]:
    """So many fresh data keys in one statement, for a list of people; held in memory as far as there is room."""
    epoch, fresh = held.epoch, [(uuid4(), sealing.new_data_key()) for _ in range(number)]
    rows = []
    for key, plain in fresh:
        wrapped, name = sealing.wrap(ring(), plain, key_id=key, kind=kind)
        rows.append(DataKey(id=key, kind=kind, wrapped=wrapped, ring=name))
    DataKey.objects.bulk_create(rows, batch_size=BULK)
    for key, plain in fresh:
        held.keep(key, plain, epoch=epoch)
    return [key for key, _plain in fresh]


def hold_keys(keys: Iterable[UUID]) -> None:
    """Read many data keys in one query, so that unsealing a page of names costs no query each. Erased ones are left."""
    epoch = held.epoch
    missing = [key for key in keys if held.get(key) is None]
    for start in range(0, len(missing), BULK):
        for row in DataKey.objects.filter(pk__in=missing[start : start + BULK]):
            held.keep(row.pk, _unwrap(row), epoch=epoch)


def plain_key(key: UUID) -> bytes:
    """The unwrapped data key; raises ``ErasedError`` when there is none, ``TamperedError``."""
    found = held.get(key)
    if found is not None:
        return found
    epoch = held.epoch
    row = DataKey.objects.filter(pk=key).first()
    if row is None:
        raise ErasedError
    plain = _unwrap(row)
    held.keep(key, plain, epoch=epoch)
    return plain


def lookup_key() -> bytes:
    """The one key of all keyed look-ups: made once, wrapped like the others, the same after a rotation."""
    known = _lookup_ids.get(LOOKUP)
    if known is None:
        known = _lookup_ids[LOOKUP] = _lookup_id()
    return plain_key(known)


def let_go() -> None:
    """Forget every key this process holds."""
    held.drop()
    _lookup_ids.clear()


def rotate_keys() -> int:
    """Wrap every data key with the newest master key, beside running traffic; how many were wrapped again.

    A row that was destroyed meanwhile stays destroyed: only the row that was read is replaced.
    """
    newest, done = ring().newest, 0
    while batch := list(DataKey.objects.exclude(ring=newest).order_by("pk")[:ROTATED_AT_ONCE]):
        done += sum(_wrap_again(row) for row in batch)
    return done


def _wrap_again(row: DataKey) -> int:
    wrapped, name = sealing.wrap(ring(), _unwrap(row), key_id=row.pk, kind=row.kind)
    return DataKey.objects.filter(pk=row.pk, ring=row.ring).update(wrapped=wrapped, ring=name)


def _unwrap(row: DataKey) -> bytes:
    try:
        return sealing.unwrap(ring(), bytes(row.wrapped), key_id=row.pk, kind=row.kind, name=row.ring)
    except KeyError:
        raise ImproperlyConfigured(f"PANOH_VAULT_KEYS lacks the master key {row.ring!r}.") from None
    except sealing.BrokenSealError:
        raise TamperedError from None


def _lookup_id() -> UUID:
    row = DataKey.objects.filter(kind=LOOKUP).first()
    if row is not None:
        return row.pk
    try:
        with transaction.atomic(using="keys"):
            return new_key(LOOKUP)
    except IntegrityError:  # another process was first
        return DataKey.objects.get(kind=LOOKUP).pk
