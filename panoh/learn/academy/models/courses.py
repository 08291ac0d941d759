"""What is taught. An edition is written once, whole, and never changed: who began it finishes it as it was."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Course(models.Model):
    """``current`` is the edition that the street reads; the others live on for those who began them."""

    code = models.SlugField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    current = models.ForeignKey("CourseEdition", on_delete=models.PROTECT, null=True, related_name="+")
    is_shown = models.BooleanField(default=True)
    # The browser's words win over the file's until they are exported (``services/editing.py``).
    is_edited = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.code


class CourseEdition(models.Model):
    """``words``: language → title, summary, for_whom, outcomes. ``outline``: modules and lessons as lists show them.

    ``tests``: how many questions are drawn and when a test is passed, as ``course.toml`` says it. ``languages`` names
    the written ones and those derived from them. ``fingerprint`` is a hash over all that the files say.
    """

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    audience = models.CharField(max_length=20, blank=True)
    written = models.JSONField(default=list)
    languages = models.JSONField(default=list)
    words = models.JSONField(default=dict)
    tests = models.JSONField(default=dict)
    outline = models.JSONField(default=list)
    minutes = models.PositiveIntegerField(default=0)
    source = models.TextField(blank=True)  # ``course.toml``
    made_by = models.CharField(max_length=12, blank=True)  # ``user.code``; empty: from the files
    published_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["course", "number"], name="academy_one_edition_a_number"),
            models.CheckConstraint(condition=Q(number__gte=1), name="academy_editions_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.course_id}:{self.number}"


class Module(models.Model):
    """``questions`` is the bank as the files say it, right answers in it: it never leaves the server as it is."""

    edition = models.ForeignKey(CourseEdition, on_delete=models.PROTECT, related_name="modules")
    code = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    words = models.JSONField(default=dict)
    topics = models.JSONField(default=list)
    questions = models.JSONField(default=list)
    source = models.TextField(blank=True)  # ``modules/<module>.toml``

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["edition", "code"], name="academy_module_once"),
            models.UniqueConstraint(fields=["edition", "position"], name="academy_module_place"),
        ]


class Lesson(models.Model):
    """``shape``: the kind of each step, the same in every language; a practice names its question: "practice q01"."""

    module = models.ForeignKey(Module, on_delete=models.PROTECT, related_name="lessons")
    code = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    shape = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["module", "code"], name="academy_lesson_once"),
            models.UniqueConstraint(fields=["module", "position"], name="academy_lesson_place"),
        ]


class LessonText(models.Model):
    """A lesson in one written form. ``steps``: kind, target, title and safe HTML, rendered when it was published.

    ``source`` is the file it was made from, empty for a derived script.
    """

    lesson = models.ForeignKey(Lesson, on_delete=models.PROTECT, related_name="texts")
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    summary = models.CharField(max_length=400)
    sources = models.JSONField(default=list)
    reviewed_by = models.CharField(max_length=120, blank=True)
    reviewed_on = models.CharField(max_length=10, blank=True)
    steps = models.JSONField(default=list)
    source = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["lesson", "language"], name="academy_one_text_a_language"),
        ]

    @property
    def is_reviewed(self) -> bool:
        return bool(self.reviewed_by)
