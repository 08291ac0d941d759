"""What the street reads: one sheet is one page in one language, rendered once when it is published (decision 0009)."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Kind(models.TextChoices):
    GUIDANCE = "guidance"
    QUESTION = "question"
    TOOL = "tool"
    TERM = "term"
    LAW = "law"
    CHECKLIST = "checklist"
    PAGE = "page"  # about the centre itself
    NEWS = "news"
    ALERT = "alert"
    CAMPAIGN = "campaign"
    OPPORTUNITY = "opportunity"
    RESOURCE = "resource"
    ALBUM = "album"  # made at the desk, not in files
    VOICE = "voice"  # likewise


# No file holds these: an import leaves them alone.
MADE_AT_THE_DESK = (Kind.ALBUM, Kind.VOICE)


class Sheet(models.Model):
    """Public words only. ``data`` holds what a kind has besides: steps, sources, ages, areas; texts in it are plain.

    ``body`` and ``easy`` (the easy-read twin, "" where there is none) are safe HTML made from our own Markdown.
    """

    code = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=Kind)
    language = models.CharField(max_length=8)
    audience = models.CharField(max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=300, blank=True)
    data = models.JSONField(default=dict)
    body = models.TextField(blank=True)
    easy = models.TextField(blank=True)
    quiet = models.BooleanField(default=False)
    reviewed_by = models.CharField(max_length=120, blank=True)
    reviewed_on = models.DateField(null=True)
    # Both days are inside, by the centre's clock; None: from ever, for ever.
    shown_from = models.DateField(null=True)
    shown_until = models.DateField(null=True)
    fingerprint = models.CharField(max_length=32)
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "code", "language"], name="portal_one_sheet_a_language"),
            models.CheckConstraint(
                condition=Q(reviewed_by="", reviewed_on=None) | (~Q(reviewed_by="") & Q(reviewed_on__isnull=False)),
                name="portal_reviewed_by_somebody_on_a_day",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["language", "kind", "audience", "position"], name="portal_hub"),
            models.Index(fields=["published_at"], name="portal_edition"),
        ]

    @property
    def steps(self) -> list[str]:
        """What to do now."""
        return list(self.data.get("now", []))
