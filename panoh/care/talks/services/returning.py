"""Coming back to a talk: the cookie of an open browser, and the return code that works from any device."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from panoh.ground.common.centre import centre
from panoh.ground.common.inserting import insert
from panoh.ground.vault import public as vault

from ..errors import LedgerError, ReceiptRefusedError
from ..models import Conversation, Receipt, Visit

FREE_TRIES = 5
DRAWS = 5
LONGEST_WAIT = 900  # seconds; the secret has 44 bits, and whoever guesses must not shut a child out for a day


def start_visit(conversation: Conversation) -> str:
    """A cookie for this browser; only its keyed hash is kept."""
    token, token_hash = new_visit()
    keep_visit(conversation, token_hash)
    return token


def new_visit() -> tuple[str, str]:
    """A cookie for a browser whose conversation is about to be, and the keyed hash that ``keep_visit`` wants."""
    token = secrets.token_urlsafe(24)
    return token, vault.lookup(token, purpose="talks.visit")


def keep_visit(conversation: Conversation, token_hash: str) -> None:
    """Let the cookie of ``new_visit`` open this conversation."""
    hours = int(centre("public", "visit_hours", default=24))
    insert(Visit(conversation=conversation, token_hash=token_hash, expires_at=timezone.now() + timedelta(hours=hours)))


def end_visit(token: str) -> None:
    """The browser lets go; the talk stays."""
    Visit.objects.filter(token_hash=vault.lookup(token, purpose="talks.visit")).delete()


def issue_receipt(conversation: Conversation) -> str:
    """A new return code, six lines to be shown once. An older code of the same talk stops working.

    One a talk in ``RECEIPT_PAUSE_SECONDS``: each costs the memory of an Argon2id hash. Raises ``vault.BusyError``.
    """
    just_now = timezone.now() - timedelta(seconds=settings.RECEIPT_PAUSE_SECONDS)
    if conversation.receipts.filter(created_at__gt=just_now).exists():
        raise vault.BusyError
    for _draw in range(DRAWS):
        receipt = vault.new_receipt(conversation.language)
        try:
            _keep(conversation, receipt)
        except IntegrityError:  # the look-up part is short enough to meet another one
            continue
        return receipt.shown
    raise LedgerError("no receipt")


@transaction.atomic
def _keep(conversation: Conversation, receipt: vault.NewReceipt) -> None:
    days = int(centre("public", "receipt_days", default=90))
    conversation.receipts.all().delete()
    conversation.receipts.create(
        lookup=receipt.lookup,
        secret_hash=receipt.secret_hash,
        expires_at=timezone.now() + timedelta(days=days),
    )


def conversation_by_receipt(typed: str) -> Conversation:
    """The talk a return code opens. Raises ``ReceiptRefusedError``; ``vault.BusyError`` when too many ask at once."""
    now = timezone.now()
    parts = vault.read_receipt(typed)
    receipt = Receipt.objects.filter(lookup=parts[0], expires_at__gt=now).first() if parts else None
    if parts is None or receipt is None:
        raise ReceiptRefusedError
    if receipt.locked_until and receipt.locked_until > now:
        raise ReceiptRefusedError(int((receipt.locked_until - now).total_seconds()) + 1)
    if not vault.verify_receipt(receipt.secret_hash, parts[1]):
        raise ReceiptRefusedError(_note_failure(receipt, now))
    Receipt.objects.filter(pk=receipt.pk).update(used_at=now, failures=0, locked_until=None)
    return Conversation.objects.get(pk=receipt.conversation_id)


@transaction.atomic
def _note_failure(receipt: Receipt, now: datetime) -> int:
    """Each wrong secret beyond the free ones doubles the wait, to a quarter of an hour. Returns seconds to wait."""
    held = Receipt.objects.select_for_update().get(pk=receipt.pk)
    failures = held.failures + 1
    wait = min(LONGEST_WAIT, 30 * 2 ** (failures - FREE_TRIES)) if failures >= FREE_TRIES else 0
    until = now + timedelta(seconds=wait) if wait else None
    Receipt.objects.filter(pk=held.pk).update(failures=min(failures, 30), locked_until=until)
    return wait
