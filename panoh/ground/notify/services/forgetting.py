"""Dropping what went out, or never will."""

from datetime import datetime

from panoh.ground.vault import public as vault

from ..models import Outgoing


def forget(before: datetime) -> int:
    """Erase messages that ended before ``before``: their keys first, then their rows; how many."""
    ended = list(Outgoing.objects.filter(done_at__lt=before).values_list("pk", "key"))
    vault.destroy_keys([key for _, key in ended], reason="notify.forgotten")
    for start in range(0, len(ended), 400):
        Outgoing.objects.filter(pk__in=[pk for pk, _ in ended[start : start + 400]]).delete()
    return len(ended)
