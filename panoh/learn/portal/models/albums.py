"""Photo albums. Where people can be seen, nothing is public without a consent that holds; the consent names nobody."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

USER = settings.AUTH_USER_MODEL


class Album(models.Model):
    """``titles`` and ``leads`` by language: uz, ru and en are needed before it is published."""

    code = models.SlugField(max_length=60, unique=True)
    titles = models.JSONField(default=dict)
    leads = models.JSONField(default=dict)
    held_on = models.DateField()
    region = models.CharField(max_length=6, blank=True, default="")
    is_public = models.BooleanField(default=False)
    made_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-held_on", "-pk"]


class GivenBy(models.TextChoices):
    GUARDIAN_AND_CHILD = "both", _("A parent or guardian, and the child agreed")
    GUARDIAN = "guardian", _("A parent or guardian; the child is too young to be asked")
    ADULT = "adult", _("Adults who can be seen")


class Consent(models.Model):
    """Who said yes, by role; the signed paper stays in its folder and ``paper`` is its number there."""

    album = models.ForeignKey(Album, models.PROTECT, related_name="consents")
    given_by = models.CharField(max_length=8, choices=GivenBy)
    covers = models.JSONField(default=list)  # codes of album_rules.COVERS
    paper = models.CharField(max_length=20)
    given_on = models.DateField()
    withdraw_by = models.DateField()  # the last day it holds
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["given_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(withdraw_by__gte=models.F("given_on")), name="portal_consent_ends_after_it_began"
            )
        ]

    def holds(self, today: date) -> bool:
        return self.withdrawn_at is None and self.given_on <= today <= self.withdraw_by and "website" in self.covers


class Photo(models.Model):
    """``token`` names its files; ``removed_at``: the files are deleted and the words with them."""

    album = models.ForeignKey(Album, models.PROTECT, related_name="photos")
    token = models.CharField(max_length=32, unique=True)
    position = models.PositiveSmallIntegerField()
    captions = models.JSONField(default=dict)
    alts = models.JSONField(default=dict)
    credit = models.CharField(max_length=80, blank=True)
    taken_on = models.DateField(null=True)
    region = models.CharField(max_length=6, blank=True, default="")
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    widths = models.JSONField(default=list)
    formats = models.JSONField(default=list)
    shows_people = models.BooleanField(default=True)
    shows_children = models.BooleanField(default=False)
    faces_blurred = models.BooleanField(default=False)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="photos")
    is_public = models.BooleanField(default=False)
    removed_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(USER, models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["album", "position"], name="portal_one_photo_a_place"),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(shows_people=False) | Q(consent__isnull=False),
                name="portal_people_are_shown_with_consent",
            ),
            models.CheckConstraint(
                condition=Q(shows_people=True) | Q(shows_children=False), name="portal_children_are_people"
            ),
            models.CheckConstraint(
                condition=Q(is_public=False) | Q(removed_at=None), name="portal_a_removed_photo_is_not_public"
            ),
        ]
