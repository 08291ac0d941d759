"""The issuer's public keys, and the lists that say what no longer holds. No private key is ever in a database."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class KeyState(models.TextChoices):
    ACTIVE = "active", _("Signs")
    RETIRED = "retired", _("Retired: what it signed holds")
    COMPROMISED = "compromised", _("Compromised: what it signed was signed again")


class IssuerKey(models.Model):
    """A public key. One signs; those before it stay published for ever."""

    multibase = models.CharField(max_length=60, unique=True)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    state = models.CharField(max_length=11, choices=KeyState, default=KeyState.ACTIVE)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["state"], condition=Q(state=KeyState.ACTIVE), name="certificates_one_key_signs"
            ),
        ]

    @property
    def fragment(self) -> str:
        return f"key-{self.pk}"


class StatusList(models.Model):
    """The signed list as it is handed out. ``is_stale``: a certificate of it has changed since."""

    number = models.PositiveIntegerField(unique=True)
    credential = models.JSONField(null=True)
    key = models.ForeignKey(IssuerKey, models.PROTECT, null=True, related_name="lists")
    is_stale = models.BooleanField(default=True)
    signed_at = models.DateTimeField(null=True)
