"""Sending what was written down: claimed, sent, tried again ever later, given up after a day."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from panoh.ground.vault import public as vault

from ..errors import DeliveryDelayedError, DeliveryRefusedError
from ..models import Channel, Outgoing, Status
from .email import send_email
from .sms import send_sms
from .telling import where_address, where_body

logger = logging.getLogger("panoh.notify")
LEASE = timedelta(minutes=5)
WAITS = [timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720)]
AT_ONCE = 50
SENDERS: dict[str, Callable[[str, str], None]] = {Channel.EMAIL: send_email, Channel.SMS: send_sms}


def deliver_due() -> int:
    """Send what is due, at most ``AT_ONCE`` messages; how many were sent. Run by the timetable."""
    sent = 0
    for pk in list(_due().values_list("pk", flat=True)[:AT_ONCE]):
        claimed = _claim(pk)
        if claimed is not None:
            sent += _deliver(claimed)
    return sent


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
        address = vault.unseal(message.key, message.address, where=where_address(message.key))
        body = vault.unseal(message.key, message.body, where=where_body(message.key))
        SENDERS[message.channel](address, body)
    except (DeliveryRefusedError, vault.VaultError) as error:
        _give_up(message, getattr(error, "code", "unreadable"))
        return False
    except DeliveryDelayedError as error:
        _postpone(message, error.code)
        return False
    _note(message, status=Status.SENT, done_at=timezone.now(), reason="")
    return True


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
