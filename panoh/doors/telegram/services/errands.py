"""Small things to do at Telegram that are no message: written down in the same transaction, done soon after."""

import json
import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from panoh.ground.common import bell
from panoh.ground.vault import public as vault

from ..models import Errand
from .daykeys import key_of_today


def where_errand(pk: uuid.UUID) -> str:
    return f"telegram.errand:{pk}"


@transaction.atomic
def new_errand(method: str, *, key: uuid.UUID | None = None, **payload: Any) -> Errand:
    """``answer`` (tap_id, text, alert), ``delete`` (chat_id, message_ids), ``leave`` (chat_id), ``play`` or
    ``tell`` (chat_id, text, rows), ``turn`` (message_id besides). Under a ``key`` there is one only.
    """
    errand = Errand(id=key or uuid.uuid4(), method=method, data_key=key_of_today(), next_attempt_at=timezone.now())
    errand.payload = vault.seal(errand.data_key, json.dumps(payload), where=where_errand(errand.pk))
    errand.save(force_insert=True)
    bell.ring("outbox:telegram")
    return errand


@transaction.atomic
def finish_errand(errand: Errand, *, failure: str = "") -> None:
    """Done, or given up for the reason ``failure``."""
    Errand.objects.filter(pk=errand.pk).update(
        payload=b"", done_at=timezone.now(), failure=failure[:40], attempts=errand.attempts + 1
    )


@transaction.atomic
def postpone_errand(errand: Errand, *, at: datetime, tried: bool = True) -> None:
    Errand.objects.filter(pk=errand.pk).update(next_attempt_at=at, attempts=errand.attempts + int(tried))
