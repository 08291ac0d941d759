"""Writing the ledger, and sealing what was written."""

from django.db import transaction
from django.utils import timezone

from panoh.ground.common.inserting import insert

from . import chain, policy
from .models import ChainHead, Entry

SEALED_AT_ONCE = 500


def record(
    verb: str, *, thing: str, actor: str = "system", purpose: bytes | None = None, **codes: str | int | bool
) -> None:
    """Write down an act in the caller's transaction: if this fails, the act does not happen.

    ``verb`` like ``talk.accepted``; ``actor`` is ``user.code``; ``purpose`` arrives sealed under the thing's key.
    Anything that is not a code or a small number raises ``NotACodeError``.
    """
    policy.check_entry(verb, thing, actor, dict(codes))
    insert(Entry(verb=verb, thing=thing, actor=actor, purpose=purpose, codes=codes))


def seal_pending() -> int:
    """Chain the committed entries that wait; how many. Two sealers take turns at the chain's head."""
    done = 0
    while Entry.objects.filter(number=None).exists():
        sealed = _seal_some()
        done += sealed
        if sealed == 0:
            break
    return done


@transaction.atomic
def _seal_some() -> int:
    ChainHead.objects.get_or_create(pk=1)
    head = ChainHead.objects.select_for_update().get(pk=1)
    waiting = list(Entry.objects.filter(number=None).order_by("id")[:SEALED_AT_ONCE])
    for entry in waiting:
        entry.number = head.last = head.last + 1
        entry.digest = head.digest = chain.link(head.digest, entry, head.last)
    Entry.objects.bulk_update(waiting, ["number", "digest"], batch_size=100)
    head.sealed_at = timezone.now()
    head.save()
    return len(waiting)
