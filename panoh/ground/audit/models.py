"""The ledger of who did what with which thing: codes and references, no foreign keys, nothing ever changed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from .chain import GENESIS


class Entry(models.Model):
    """One act. ``number`` and ``digest`` are its seal, put on once; the database refuses every other change."""

    at = models.DateTimeField(default=timezone.now, editable=False)
    actor = models.CharField(max_length=40)
    verb = models.CharField(max_length=60)
    thing = models.CharField(max_length=80)
    codes = models.JSONField(default=dict)
    purpose = models.BinaryField(null=True)  # sealed under the thing's own key by whoever records
    number = models.BigIntegerField(null=True, unique=True)
    digest = models.CharField(max_length=64, default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["thing", "id"], name="audit_trail"),
            models.Index(fields=["actor", "id"], name="audit_actor"),
            models.Index(fields=["id"], name="audit_unsealed", condition=Q(number=None)),
        ]


class ChainHead(models.Model):
    """The end of the chain, one row: whoever seals holds its lock."""

    last = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=GENESIS)
    sealed_at = models.DateTimeField(null=True)
