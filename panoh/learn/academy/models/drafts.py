"""Lessons that somebody is writing in the browser. The street never reads these: publishing makes an edition."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from .courses import Course, CourseEdition


class LessonDraft(models.Model):
    """A lesson in all its languages; one draft a lesson. ``content`` is what ``drafting.py`` says it is.

    ``version`` counts what was saved, so that of two people who write at once nobody loses a word unseen. ``base`` is
    the edition it was begun from. People stand by their codes; ``returned_word`` is what its reader asks for.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="drafts")
    module = models.SlugField(max_length=60)
    code = models.SlugField(max_length=60)
    base = models.ForeignKey(CourseEdition, on_delete=models.PROTECT, related_name="+")
    content: "models.JSONField[Any, Any]" = models.JSONField()
    version = models.PositiveIntegerField(default=1)
    changed_by = models.CharField(max_length=12)
    changed_at = models.DateTimeField()
    asked_by = models.CharField(max_length=12, blank=True, default="")
    asked_at = models.DateTimeField(null=True)
    returned_by = models.CharField(max_length=12, blank=True, default="")
    returned_word = models.CharField(max_length=600, blank=True, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["course", "module", "code"], name="academy_one_draft_a_lesson"),
            models.CheckConstraint(
                condition=Q(asked_at=None, asked_by="") | Q(asked_at__isnull=False), name="academy_draft_asked"
            ),
        ]

    @property
    def name(self) -> str:
        """Its reference in the ledger; the module stands beside it."""
        return f"{self.course.code}:{self.code}"[:80]

    @property
    def languages(self) -> list[str]:
        return list(self.content["head"])
