"""The key store (a database of its own, see ``routing.py``) and the list of what was erased."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

LOOKUP = "lookup"


class DataKey(models.Model):
    """One data key, wrapped by a master key of the ring. Deleting the row erases all that it sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=32)
    wrapped = models.BinaryField()
    ring = models.CharField(max_length=32)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind"], condition=Q(kind=LOOKUP), name="vault_one_lookup_key"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["ring", "id"], name="vault_ring")]


class Erasure(models.Model):
    """A key that must never come back. ``done_at`` is empty from the decision until the key is gone."""

    key = models.UUIDField(primary_key=True)
    reason = models.CharField(max_length=40)
    decided_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["decided_at"], name="vault_to_erase", condition=Q(done_at=None)),
        ]
