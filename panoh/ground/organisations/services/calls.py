"""Letting a signed call in, and answering a repeated one with what it was answered the first time."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .. import queries, signing
from ..errors import AnswerRefusedError, SignatureRefusedError
from ..models import ApiAnswer, ApiClient, ApiNonce

WINDOW = timedelta(minutes=5)
ANSWERS_KEPT = timedelta(hours=24)
Answer = tuple[int, bytes]


def check_signature(header: str, *, method: str, target: str, body: Callable[[], bytes]) -> ApiClient:
    """The system that signed this call; else ``SignatureRefusedError``, with nothing of the call done.

    Only after key, signature and clock are right is ``body`` called, so that strangers cannot make us read anything.
    """
    claim = signing.read_header(header)
    if claim is None:
        raise SignatureRefusedError("header")
    client = queries.client_for(claim.key_id)
    known = queries.secrets_of(client) if client else [signing.new_secret()]
    if not signing.is_signed_by(claim, known, method=method, target=target) or client is None:
        raise _refusal("signature", client)
    now = timezone.now()
    if abs(now.timestamp() - claim.at) > WINDOW.total_seconds():
        raise _refusal("time", client)
    if signing.digest_of(body()) != claim.digest:
        raise _refusal("body", client)
    _remember_nonce(client, claim, now)
    return client


def _refusal(code: str, client: ApiClient | None) -> SignatureRefusedError:
    """A known key with a wrong call is written down once a minute: a flood must not fill the ledger."""
    if client is not None and cache.add(f"api-refused:{client.key_id}:{code}", 1, 60):
        audit.record("api.refused", thing=client.key_id, reason=code)
    return SignatureRefusedError(code)


def _remember_nonce(client: ApiClient, claim: signing.Claim, now: datetime) -> None:
    """Kept as long as its ``t`` could pass, which may lie five minutes ahead."""
    try:
        with transaction.atomic():
            ApiNonce.objects.create(client=client, nonce=claim.nonce, expires_at=now + 2 * WINDOW + WINDOW)
    except IntegrityError:
        raise _refusal("replayed", client) from None
    unseen = Q(last_used_at__isnull=True) | Q(last_used_at__lt=now - timedelta(minutes=1))
    ApiClient.objects.filter(unseen, pk=client.pk).update(last_used_at=now)


# --- the same call twice ---------------------------------------------------------------------------------------------


@transaction.atomic
def answer_once(client: ApiClient, *, key: str, call: bytes, act: Callable[[], Answer]) -> tuple[Answer, bool]:
    """What ``act`` answers, and False; for a key that was used for this very ``call``, the old answer, and True.

    Row, act and answer are one transaction: a second call at the same moment waits for the first, and a crash leaves
    neither. Raises ``AnswerRefusedError`` when the key belongs to another call.
    """
    fingerprint = hashlib.sha256(call).hexdigest()
    row = ApiAnswer(client=client, key=key, fingerprint=fingerprint, status=0, body=b"")
    row.expires_at = timezone.now() + ANSWERS_KEPT
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return _old_answer(client, key, fingerprint), True
    status, body = act()
    row.status, row.body = status, vault.seal(client.data_key, body, where=_where(row))
    row.save(update_fields=["status", "body"])
    return (status, body), False


def _old_answer(client: ApiClient, key: str, fingerprint: str) -> Answer:
    row = ApiAnswer.objects.get(client=client, key=key)
    if row.fingerprint != fingerprint:
        raise AnswerRefusedError
    return row.status, vault.unseal_bytes(client.data_key, row.body, where=_where(row))


def _where(row: ApiAnswer) -> str:
    return f"organisations.api_answer:{row.pk}"


def drop_expired() -> int:
    """Nonces and answers that are of no use any more; how many. Run by the timetable."""
    now = timezone.now()
    return sum(model.objects.filter(expires_at__lt=now).delete()[0] for model in (ApiNonce, ApiAnswer))
