"""The one folded index: what every room wants to be found by."""

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One thing of one room in one language. Only what everybody who searches may see: no personal data.

    ``folded`` and ``folded_title`` hold each word once, between spaces, so that " word" finds beginnings.
    """

    room = models.CharField(max_length=20)
    thing = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=300, blank=True, default="")
    folded_title = models.TextField()
    folded = models.TextField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["room", "thing", "language"], name="search_one_entry_a_thing"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["language", "kind"], name="search_by_language"),
        ]
