"""The inbound ledger: every update is written, sealed, before it is acknowledged, and has its effect exactly once."""

import json
import logging
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from panoh.ground.common import bell
from panoh.ground.vault import public as vault

from .. import reading
from ..models import InboundUpdate, Outcome
from .daykeys import key_of_today
from .updates import act, note_parked

logger = logging.getLogger("panoh.telegram")
ATTEMPTS = 5
HOPELESS = (reading.UnreadableError, vault.ErasedError, vault.TamperedError)


def where_update(update_id: int) -> str:
    return f"telegram.update:{update_id}"


@transaction.atomic
def store_update(update_id: int, raw: bytes) -> None:
    """Write one update down; the same number twice is the same update."""
    InboundUpdate.objects.bulk_create([_row(update_id, raw, timezone.now())], ignore_conflicts=True)
    bell.ring("inbox:telegram")


@transaction.atomic
def store_updates(updates: Iterable[dict[str, Any]]) -> None:
    """Write a batch of the long poll down, before its offset moves."""
    now = timezone.now()
    rows = [_row(int(update["update_id"]), json.dumps(update, ensure_ascii=True).encode(), now) for update in updates]
    InboundUpdate.objects.bulk_create(rows, ignore_conflicts=True)
    bell.ring("inbox:telegram")


def _row(update_id: int, raw: bytes, now: datetime) -> InboundUpdate:
    key = key_of_today()
    sealed = vault.seal(key, raw, where=where_update(update_id))
    return InboundUpdate(update_id=update_id, data_key=key, payload=sealed, received_at=now)


def open_update(row: InboundUpdate) -> dict[str, Any]:
    """The update as Telegram wrote it; raises ``UnreadableError`` and the vault's errors."""
    return reading.parse(vault.unseal_bytes(row.data_key, row.payload, where=where_update(row.pk)))


def process_update(update_id: int) -> bool:
    """Deal with one update in one transaction with marking it done; False when it must be tried again.

    A database that does not answer is nobody's fault: its error is passed on and no attempt is counted.
    """
    try:
        _process(update_id)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:
        return _note_failure(update_id, error)
    return True


@transaction.atomic
def _process(update_id: int) -> None:
    row = _locked(update_id)
    if row is None:
        return
    outcome, reason = act(row.pk, open_update(row), row.received_at)
    _finish(row, outcome, reason)


def _locked(update_id: int) -> InboundUpdate | None:
    """The row while it waits, ours alone; None when somebody else has it or had it."""
    rows = InboundUpdate.objects.filter(pk=update_id, outcome=Outcome.WAITING)
    if connection.vendor == "postgresql":
        # Waits: a bot that was killed may still hold the row for a moment, and nothing of the chat may overtake it.
        rows = rows.select_for_update()
    return rows.first()


def _finish(row: InboundUpdate, outcome: str, reason: str) -> None:
    fields: dict[str, Any] = {"outcome": outcome, "reason": reason[:40], "processed_at": timezone.now()}
    if outcome != Outcome.PARKED:
        fields["payload"] = b""
    InboundUpdate.objects.filter(pk=row.pk).update(next_attempt_at=None, **fields)
    if outcome == Outcome.PARKED:
        logger.warning("update parked: %s", reason)


@transaction.atomic
def _note_failure(update_id: int, error: Exception) -> bool:
    """Count a failed try; after the last one, or when no try can help, park it where people see it."""
    row = _locked(update_id)
    if row is None:
        return True
    attempts, reason = row.attempts + 1, _reason(error)
    hopeless = isinstance(error, HOPELESS)
    logger.warning("update failed, try %d", attempts, exc_info=None if hopeless else error)
    later = timezone.now() + timedelta(seconds=0.1 * 2**attempts)
    InboundUpdate.objects.filter(pk=row.pk).update(attempts=attempts, reason=reason, next_attempt_at=later)
    if attempts < ATTEMPTS and not hopeless:
        return False
    _finish(row, Outcome.PARKED, reason)
    _tell_desk(row, reason)
    return True


def _tell_desk(row: InboundUpdate, reason: str) -> None:
    try:
        with transaction.atomic():
            note_parked(reading.chat_of(open_update(row)), reason)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.warning("a parked update could not be noted in its talk")


def _reason(error: Exception) -> str:
    if isinstance(error, reading.UnreadableError):
        return str(error)
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(error).__name__).lower()[:40]


@transaction.atomic
def try_parked_again(update_ids: Iterable[int]) -> int:
    """Let parked updates be tried once more, because a person repaired what kept them."""
    rows = InboundUpdate.objects.filter(pk__in=list(update_ids), outcome=Outcome.PARKED).exclude(payload=b"")
    changed = rows.update(outcome=Outcome.WAITING, attempts=0, next_attempt_at=None, processed_at=None)
    bell.ring("inbox:telegram")
    return changed
