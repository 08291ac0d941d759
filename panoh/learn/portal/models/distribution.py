"""Where our materials went: what, in which form, for whom, how many, to which place and when. Never to which person."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from panoh.ground.common.codes import new_code

USER = settings.AUTH_USER_MODEL


class Format(models.TextChoices):
    PRINT = "print", _("Printed")
    USB = "usb", _("USB stick")
    TELEGRAM = "telegram", _("Telegram")
    BROADCAST = "broadcast", _("Broadcast")
    LESSON = "lesson", _("Lesson")


class Audience(models.TextChoices):
    CHILDREN = "children", _("Children")
    PARENTS = "parents", _("Parents")
    EDUCATORS = "educators", _("Educators")
    INDUSTRY = "industry", _("Industry")
    POLICY = "policy", _("Policy-makers")
    PROFESSIONALS = "professionals", _("Professionals")
    EVERYBODY = "everybody", _("Everybody")


class Upload(models.Model):
    """One file that was read in. What it brought goes again, together, when it is undone; this row stays."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    digest = models.CharField(max_length=40)
    rows = models.PositiveIntegerField()
    uploaded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(USER, on_delete=models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-uploaded_at", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["digest"], condition=Q(undone_at=None), name="portal_a_file_is_read_in_once"
            ),
        ]


class Handout(models.Model):
    """One handing-out. ``key`` is what makes a second press of the same button, or the same file, do nothing."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    key = models.CharField(max_length=64, unique=True)
    resource = models.CharField(max_length=120)
    format = models.CharField(max_length=10, choices=Format)
    audience = models.CharField(max_length=14, choices=Audience)
    language = models.CharField(max_length=8)
    copies = models.PositiveIntegerField()
    region = models.CharField(max_length=6)
    district = models.CharField(max_length=40, blank=True, default="")
    given_on = models.DateField()
    organisation = models.CharField(max_length=120)
    upload = models.ForeignKey(Upload, on_delete=models.PROTECT, null=True, related_name="handouts")
    entered_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-given_on", "-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(copies__gte=1), name="portal_something_was_handed_out"),
            models.CheckConstraint(
                condition=Q(district="") | Q(district__startswith=models.F("region")), name="portal_district_in_region"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["given_on", "region"], name="portal_handouts_by_place"),
        ]

    FACTS = (
        "resource", "format", "audience", "language", "copies", "region", "district", "given_on", "organisation",
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        return {field: getattr(self, field) for field in self.FACTS}
