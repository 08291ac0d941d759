"""Files of a report: pictures that were sent, codes of pictures that stayed with their owner, and who looked."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from .report import Report

USER = settings.AUTH_USER_MODEL


class Scan(models.TextChoices):
    """What the scanner said. ``none``: this centre has no scanner."""

    NONE = "none"
    CLEAN = "clean"
    FAILED = "failed"


class Attachment(models.Model):
    """A picture somebody sent, sealed under the report's key: as it came, as staff see it, and as grey squares.

    ``blocked``: nobody opens it, because the scanner could not be asked or because somebody locked the report's files
    (it may be sexual); what was locked keeps only the sealed original.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField()
    original = models.BinaryField()
    staff_copy = models.BinaryField()
    preview = models.BinaryField()
    content_type = models.CharField(max_length=20)
    size = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    scan = models.CharField(max_length=8, choices=Scan)
    blocked = models.BooleanField(default=False)
    locked_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    locked_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "position"], name="reports_one_file_a_place"),
            models.CheckConstraint(
                condition=Q(locked_at=None, locked_by=None) | Q(blocked=True, locked_by__isnull=False),
                name="reports_locked_is_blocked",
            ),
            models.CheckConstraint(
                condition=~Q(scan=Scan.FAILED) | Q(blocked=True), name="reports_not_scanned_is_blocked"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], name="reports_to_scan", condition=Q(scan=Scan.FAILED, locked_at=None)),
        ]


class FileHash(models.Model):
    """A code of one picture or file: PDQ (how it looks) or SHA-256 (its bytes). Sealed like the picture itself.

    ``number`` is the picture within the report: its two codes share it. Without an attachment the picture never left
    the device. ``lookup`` finds the same code again and says nothing of it.
    """

    class Algorithm(models.TextChoices):
        PDQ = "pdq"
        SHA256 = "sha256"

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="hashes")
    attachment = models.ForeignKey(Attachment, null=True, on_delete=models.CASCADE, related_name="hashes")
    number = models.PositiveSmallIntegerField()
    algorithm = models.CharField(max_length=6, choices=Algorithm)
    quality = models.PositiveSmallIntegerField(null=True)  # 0 to 100, of PDQ only
    value = models.BinaryField()
    lookup = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["report", "number", "algorithm"], name="reports_one_code_of_a_kind"),
            models.UniqueConstraint(
                fields=["report", "lookup"], condition=Q(algorithm="sha256"), name="reports_same_file_once"
            ),
            models.CheckConstraint(
                condition=Q(algorithm="pdq", quality__isnull=False) | Q(algorithm="sha256", quality=None),
                name="reports_only_pdq_has_quality",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["lookup"], name="reports_same_code")]


class HashBand(models.Model):
    """A keyed hash of 16 bits of a PDQ: by these near duplicates are found (``near.py``).

    Equal bands show as equal without any key, which is what a look-up is for; what they are does not.
    """

    code = models.ForeignKey(FileHash, on_delete=models.CASCADE, related_name="bands")
    lookup = models.CharField(max_length=32)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["lookup"], name="reports_same_band")]


class MediaOpening(models.Model):
    """Somebody asked to see a file clearly, and why. It opens the file to that person for a few minutes."""

    attachment = models.ForeignKey(Attachment, on_delete=models.CASCADE, related_name="openings")
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    reason = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["attachment", "by", "at"], name="reports_openings"),
        ]
