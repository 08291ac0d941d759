"""Learning together: a facilitator's group, who is in it, who was asked."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from panoh.ground.common.codes import new_code

from .courses import Course
from .learning import Enrolment


def new_join_code() -> str:
    return new_code(12)


class Cohort(models.Model):
    """``join_code`` stands in the link that lets anybody in who has it; a new one makes the old link useless."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="cohorts")
    name = models.CharField(max_length=120)
    facilitator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    region = models.CharField(max_length=20, blank=True, default="")
    district = models.CharField(max_length=40, blank=True, default="")
    ends_on = models.DateField(null=True)
    join_code = models.CharField(max_length=12, unique=True, default=new_join_code)
    made_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class CohortMember(models.Model):
    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="members")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="memberships")
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "enrolment"], name="academy_member_once"),
        ]


class InvitationStatus(models.TextChoices):
    SENT = "sent"
    JOINED = "joined"
    WITHDRAWN = "withdrawn"


class Invitation(models.Model):
    """Somebody on a facilitator's list. Name and address are sealed under ``key``, which goes when the row does."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="invitations")
    key = models.UUIDField(unique=True)
    name = models.BinaryField(default=bytes)
    address = models.BinaryField()
    address_hash = models.CharField(max_length=64)
    token_hash = models.CharField(max_length=64, unique=True)
    region = models.CharField(max_length=20, blank=True, default="")
    district = models.CharField(max_length=40, blank=True, default="")
    language = models.CharField(max_length=8)
    status = models.CharField(
        max_length=9, choices=[(one.value, one.value) for one in InvitationStatus], default=InvitationStatus.SENT
    )
    enrolment = models.ForeignKey(Enrolment, on_delete=models.SET_NULL, null=True, related_name="+")
    invited_by = models.CharField(max_length=12)
    invited_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    times_reminded = models.PositiveSmallIntegerField(default=0)
    joined_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cohort", "address_hash"], name="academy_invited_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["invited_at"], name="academy_invited", condition=~Q(status="joined")),
        ]
