"""Sending what was written down: claimed, sent, tried again ever later, given up after a day."""

import json
import logging
import time
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from panoh.ground.vault import public as vault

from ..errors import DeliveryDelayedError, DeliveryRefusedError
from ..models import Channel, Outgoing, Status
from .email import send_email
from .sms import send_sms
from .telegram import send_telegram
from .telling import where_address, where_body
from .webhook import send_webhook, where_secrets

logger = logging.getLogger("panoh.notify")
LEASE = timedelta(minutes=5)
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720)]
AT_ONCE = 50
WEBHOOK_SECONDS = 60  # one run; what is left goes out with the next
SENDERS: dict[str, Callable[[str, str], None]] = {
    Channel.EMAIL: send_email,
    Channel.SMS: send_sms,
    Channel.TELEGRAM: send_telegram,
}


def deliver_due() -> int:
    """Send what is due in every channel but webhooks, at most ``AT_ONCE``; how many were sent. By the timetable."""
    return sum(_try_to_send(pk) for pk in _waiting(SENDERS))


def deliver_webhooks() -> int:
    """The same for webhooks, in a run of their own: a partner's slow server holds up nobody's letter."""
    until, sent = time.monotonic() + WEBHOOK_SECONDS, 0
    for pk in _waiting([Channel.WEBHOOK]):
        if time.monotonic() > until:
            break
        sent += _try_to_send(pk)
    return sent


def _waiting(channels: Iterable[str]) -> list[int]:
    return list(_due().filter(channel__in=list(channels)).values_list("pk", flat=True)[:AT_ONCE])


def _try_to_send(pk: int) -> bool:
    claimed = _claim(pk)
    return claimed is not None and _deliver(claimed)


def _due() -> QuerySet[Outgoing]:
    return Outgoing.objects.filter(
        status__in=[Status.QUEUED, Status.SENDING], next_attempt_at__lte=timezone.now()
    ).order_by("next_attempt_at", "id")


@transaction.atomic
def _claim(pk: int) -> Outgoing | None:
    """Take one message for ``LEASE``; whoever dies with it in hand loses it to the next run."""
    message = _due().select_for_update(skip_locked=True).filter(pk=pk).first()
    if message is not None:
        message.status, message.attempts = Status.SENDING, message.attempts + 1
        message.next_attempt_at = timezone.now() + LEASE
        message.save()
    return message


def _deliver(message: Outgoing) -> bool:
    try:
        _hand_over(message)
    except (DeliveryRefusedError, vault.VaultError) as error:
        _give_up(message, getattr(error, "code", "unreadable"))
        return False
    except DeliveryDelayedError as error:
        _postpone(message, error.code)
        return False
    _note(message, status=Status.SENT, done_at=timezone.now(), reason="")
    return True


def _hand_over(message: Outgoing) -> None:
    address = vault.unseal(message.key, message.address, where=where_address(message.key))
    body = vault.unseal(message.key, message.body, where=where_body(message.key))
    if message.channel == Channel.WEBHOOK:
        secrets = vault.unseal(message.key, message.secrets, where=where_secrets(message.key))
        send_webhook(address, body, json.loads(secrets))
    else:
        SENDERS[message.channel](address, body)


def _postpone(message: Outgoing, code: str) -> None:
    if message.attempts > len(WAITS):
        return _give_up(message, code)
    _note(message, status=Status.QUEUED, next_attempt_at=timezone.now() + WAITS[message.attempts - 1], reason=code)


def _give_up(message: Outgoing, code: str) -> None:
    logger.error("%s %d given up: %s", message.channel, message.pk, code)
    _note(message, status=Status.FAILED, done_at=timezone.now(), reason=code)


def _note(message: Outgoing, **values: object) -> None:
    """Write the outcome, unless the lease ran out and another run has the message."""
    Outgoing.objects.filter(pk=message.pk, attempts=message.attempts).update(**values)
