"""Texts derived from what people write, kept so that no request waits for the rules; and what editors put in instead.

Only public text stands here, never anything about a person.
"""

from typing import ClassVar

from django.db import models


class Derived(models.Model):
    """One text in one variant. Good as long as ``rules`` and ``edition`` are today's; else it is made anew."""

    variant = models.CharField(max_length=16)
    form = models.CharField(max_length=8)
    source_hash = models.CharField(max_length=64)
    rules = models.CharField(max_length=24)
    edition = models.PositiveIntegerField()
    text = models.TextField()
    warnings = models.JSONField(default=list)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["variant", "form", "source_hash"], name="languages_one_derived_a_text"),
        ]


class Override(models.Model):
    """Words an editor wrote in place of the derived ones, wherever this very string stands."""

    variant = models.CharField(max_length=16)
    source_hash = models.CharField(max_length=64)
    source = models.TextField()
    replacement = models.TextField()
    by = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["variant", "source_hash"], name="languages_one_override_a_string"),
        ]


class Edition(models.Model):
    """How often the overrides of a variant were changed; whoever changes one holds its lock."""

    variant = models.CharField(max_length=16, unique=True)
    number = models.PositiveIntegerField(default=0)
