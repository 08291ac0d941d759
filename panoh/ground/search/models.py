"""The one folded index: what every room wants to be found by, the words in it, and what was asked of it."""

from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One thing of one room in one language. Only what everybody who searches may see: no personal data.

    The folded columns hold each word once, between spaces, so that " word" finds beginnings; ``folded`` holds all of
    them. ``text`` is plain and stands there for the lines under an answer.
    """

    room = models.CharField(max_length=20)
    thing = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=200)
    url = models.CharField(max_length=300, blank=True, default="")
    summary = models.TextField(blank=True, default="")
    text = models.TextField(blank=True, default="")
    folded_title = models.TextField()
    folded_summary = models.TextField(default=" ")
    folded = models.TextField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["room", "thing", "language"], name="search_one_entry_a_thing"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["language", "kind"], name="search_by_language"),
        ]


class Word(models.Model):
    """A folded word or stem of the index, so that a slip of the finger can be seen through (see ``slips.py``).

    ``shown`` is how somebody wrote it, or a longer word that begins with it. All scripts of a language share its words.
    """

    language = models.CharField(max_length=8)
    word = models.CharField(max_length=24)
    shown = models.CharField(max_length=40)
    first = models.CharField(max_length=16)
    second = models.CharField(max_length=16)
    third = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["language", "word"], name="search_one_word_a_language"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["first"], name="search_word_first"),
            models.Index(fields=["second"], name="search_word_second"),
            models.Index(fields=["third"], name="search_word_third"),
        ]


class Asked(models.Model):
    """How often the folded words of a question were asked on a day. Never who, never at what hour."""

    day = models.DateField()
    language = models.CharField(max_length=8)
    words = models.CharField(max_length=60)
    n = models.PositiveIntegerField()
    n_unfound = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["day", "language", "words"], name="search_one_question_a_day"),
        ]
