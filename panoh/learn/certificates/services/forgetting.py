"""The name goes some years after a certificate has ended; that there was one, and how it ended, stays."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from panoh.ground.vault import public as vault

from ..models import Certificate, Roster, RosterRow
from .ending import erase


def forget_certificates(before: datetime) -> int:
    """Erase the names of what was revoked or superseded, or ran out, before that moment; how many."""
    ended = Q(ended_at__lt=before) | Q(valid_until__lt=before)
    over = list(Certificate.objects.filter(ended, sealed__isnull=False).values_list("pk", flat=True))
    return sum(_forget(pk) for pk in over)


@transaction.atomic
def _forget(pk: int) -> bool:
    row = Certificate.objects.select_for_update(of=("self",)).filter(pk=pk, sealed__isnull=False).first()
    if row is not None:
        erase(row).save(update_fields=["sealed", "credential", "pdf", "likeness"])
    return row is not None


def forget_lists(before: datetime) -> int:
    """Destroy the names of rows that were never issued, on lists older than that; how many lists. Outcomes stay."""
    with transaction.atomic():
        old = dict(Roster.objects.filter(made_at__lt=before, data_key__isnull=False).values_list("pk", "data_key"))
        RosterRow.objects.filter(roster__in=old).update(sealed=None)
        Roster.objects.filter(pk__in=old).update(data_key=None)
        vault.destroy_keys([key for key in old.values() if key], reason="certificate-list-over")
    return len(old)
