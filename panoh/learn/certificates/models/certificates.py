"""The certificate, and what happened to it."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..codes import new_certificate_code, shown_code
from .achievements import Achievement, CertificateDesign
from .keys import IssuerKey


class Status(models.TextChoices):
    ISSUED = "issued", _("Issued")
    SUPERSEDED = "superseded", _("Superseded")
    REVOKED = "revoked", _("Revoked")
    WITHDRAWN = "withdrawn", _("Withdrawn by its holder")


class Certificate(models.Model):
    """``sealed`` holds the holder's name in both scripts, ``credential`` the signed twin, ``pdf`` the paper: all three
    under ``data_key``, which is destroyed when the holder withdraws. ``facts`` is everything printed but the name.

    ``likeness`` finds who has a name that sounds the same, under our key and within one achievement; it goes with the
    name. ``person`` is a number that means nothing here. ``signed_at`` is empty until the worker has signed.
    """

    code = models.CharField(max_length=14, unique=True, default=new_certificate_code, editable=False)
    achievement = models.ForeignKey(Achievement, models.PROTECT, related_name="certificates")
    design = models.ForeignKey(CertificateDesign, models.PROTECT, related_name="certificates")
    person = models.UUIDField()
    evidence = models.UUIDField(null=True)
    language = models.CharField(max_length=8)
    facts = models.JSONField()
    data_key = models.UUIDField()
    likeness = models.CharField(max_length=64, blank=True, default="")
    sealed = models.BinaryField(null=True)
    credential = models.BinaryField(null=True)
    pdf = models.BinaryField(null=True)
    pdf_sha256 = models.CharField(max_length=64, blank=True, default="")
    key = models.ForeignKey(IssuerKey, models.PROTECT, null=True, related_name="certificates")
    status = models.CharField(max_length=10, choices=Status, default=Status.ISSUED)
    reason = models.CharField(max_length=40, blank=True, default="")
    status_list = models.PositiveIntegerField()
    status_index = models.PositiveIntegerField()
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")
    issued_at = models.DateTimeField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["achievement", "person"],
                condition=Q(status=Status.ISSUED),
                name="certificates_one_holds_for_a_person",
            ),
            models.UniqueConstraint(fields=["status_list", "status_index"], name="certificates_a_bit_is_ones_own"),
            models.CheckConstraint(
                condition=~Q(status=Status.WITHDRAWN) | Q(sealed=None, credential=None, pdf=None, likeness=""),
                name="certificates_what_is_withdrawn_has_no_name",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.ISSUED) | Q(ended_at__isnull=False), name="certificates_an_end_has_its_day"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], condition=Q(signed_at=None), name="certificates_to_sign"),
            models.Index(fields=["person"], name="certificates_of_a_person"),
            models.Index(fields=["likeness"], condition=~Q(likeness=""), name="certificates_of_like_names"),
        ]

    @property
    def number(self) -> str:
        """What people call it in letters and lists; the code is what proves it."""
        return f"{self.issued_at:%y}C-{self.pk:07d}"

    @property
    def shown_code(self) -> str:
        return shown_code(self.code)

    def where(self, part: str) -> str:
        """What sealed bytes of this row are bound to."""
        return f"certificates.certificate:{self.code}:{part}"

    def name_of(self, thing: str) -> str:
        """A printed name by language, from the snapshot."""
        names: dict[str, Any] = self.facts[thing]["names"]
        return str(names.get(self.language) or names["en"])


class CertificateEvent(models.Model):
    """Its history: codes only. ``key`` is the number of the key where it was signed."""

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="events")
    verb = models.CharField(max_length=20)
    reason = models.CharField(max_length=40, blank=True, default="")
    actor = models.CharField(max_length=12)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
