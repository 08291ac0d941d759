"""The key store (a database of its own, see ``routing.py``), what was erased, what is held, what was handed out."""

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


class Hold(models.Model):
    """Why something is not forgotten when its days are over: a lawful demand, or a case that is still open.

    ``thing`` is a reference like ``T-7QH2``; ``holder`` is who holds it where that is a thing itself. ``reason`` is
    sealed. ``then_erase``: somebody asked for its erasure meanwhile; it is owed when the last hold falls.
    """

    thing = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=[(k, k) for k in ("legal", "case")])
    holder = models.CharField(max_length=80, blank=True)
    data_key = models.UUIDField(null=True)
    reason = models.BinaryField(null=True)
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=40, blank=True)
    lifted_at = models.DateTimeField(null=True)
    then_erase = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["thing", "kind", "holder"], condition=Q(lifted_at=None), name="vault_held_once"
            ),
            models.CheckConstraint(
                condition=Q(kind="case") | Q(reason__isnull=False), name="vault_legal_hold_says_why"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by="") | (Q(lifted_at__isnull=False) & ~Q(lifted_by="")),
                name="vault_lifted_by_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["thing"], name="vault_held", condition=Q(lifted_at=None)),
            models.Index(fields=["holder"], name="vault_holders", condition=Q(lifted_at=None)),
            models.Index(fields=["thing"], name="vault_owed", condition=Q(then_erase=True)),
        ]


class Export(models.Model):
    """A file that was handed out: encrypted for its reader, sealed once more for its end, gone when it expires."""

    code = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=60)  # a code with an ending, never a person's name: "case-C-7QH2.json"
    data_key = models.UUIDField()
    content = models.BinaryField()
    way = models.CharField(max_length=10, choices=[(w, w) for w in ("passphrase", "keys")])
    by = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    times_read = models.PositiveIntegerField(default=0)
    destroyed_at = models.DateTimeField(null=True)
    passphrase = ""  # for the eyes of whoever made it, once; never a column

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["expires_at"], name="vault_to_destroy", condition=Q(destroyed_at=None)),
        ]


class ExportedThing(models.Model):
    """What is in an export: when the thing is erased, so is the export."""

    export = models.ForeignKey(Export, on_delete=models.CASCADE, related_name="things")
    thing = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["thing", "export"], name="vault_exported_once"),
        ]


class RetentionRun(models.Model):
    """The proof that a room was let forget: what ended before ``before``, how much that was, whether it failed."""

    room = models.CharField(max_length=40)
    before = models.DateTimeField()
    at = models.DateTimeField(default=timezone.now)
    forgotten = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)  # holds that stood in the whole centre at that moment
    is_failed = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["room", "-at"], name="vault_runs")]
