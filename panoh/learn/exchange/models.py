"""Learning systems (LTI platforms), our keys, ways in that are under way, links to courses, and scores sent back.

Who came is known by the learner's account alone, where issuer and number are sealed: no table here holds a name, an
address or the number of a person.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from panoh.ground.accounts.public import Learner
from panoh.ground.common.codes import new_code


class ToolKey(models.Model):
    """One of our key pairs. The newest signs; one before it stays published until ``ends_at``."""

    kid = models.CharField(max_length=32, unique=True)
    public = models.JSONField()
    data_key = models.UUIDField()
    private = models.BinaryField()
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.kid


class Platform(models.Model):
    """A learning system as its administrators describe it. ``keys`` is its published key set as last fetched."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    name = models.CharField(max_length=120)
    issuer = models.CharField(max_length=200)
    client_id = models.CharField(max_length=200)
    auth_url = models.CharField(max_length=300)
    token_url = models.CharField(max_length=300)
    keyset_url = models.CharField(max_length=300)
    deployments = models.JSONField(default=list)
    is_active = models.BooleanField(default=True)
    keys = models.JSONField(default=list)
    keys_at = models.DateTimeField(null=True)
    made_by = models.CharField(max_length=12)
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["issuer", "client_id"], name="exchange_platform_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Opening(models.Model):
    """Somebody is on the way from a platform; look-ups only. It works once, and where ``browser_hash`` is given only
    in that browser."""

    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="openings")
    state_hash = models.CharField(max_length=64, unique=True)
    nonce_hash = models.CharField(max_length=64)
    browser_hash = models.CharField(max_length=64, blank=True, default="")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["expires_at"], name="exchange_openings_over")]


class Link(models.Model):
    """A place of a platform's course where a learner came in, what it leads to, and where its score is wanted.

    ``kind`` "" is reading; ``module`` "" with a kind is the final test.
    """

    platform = models.ForeignKey(Platform, on_delete=models.CASCADE, related_name="links")
    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="+")
    resource = models.CharField(max_length=255)
    course = models.SlugField(max_length=60, blank=True)
    module = models.SlugField(max_length=60, blank=True)
    kind = models.CharField(max_length=10, blank=True)
    line = models.CharField(max_length=500, blank=True)
    came_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["platform", "learner", "resource"], name="exchange_link_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["learner"], name="exchange_links_wanting", condition=~Q(line="")),
        ]


class ScoreState(models.TextChoices):
    """``kept``: a better one was sent before. ``lost``: the platform refused it for good."""

    WAITING = "waiting"
    SENT = "sent"
    KEPT = "kept"
    LOST = "lost"


class Score(models.Model):
    """The result of one attempt on its way to one place; the pair is unique, so it is noted once."""

    link = models.ForeignKey(Link, on_delete=models.CASCADE, related_name="scores")
    attempt = models.UUIDField()
    percent = models.PositiveSmallIntegerField()
    reached_at = models.DateTimeField()
    state = models.CharField(
        max_length=7, choices=[(one.value, one.value) for one in ScoreState], default=ScoreState.WAITING
    )
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["link", "attempt"], name="exchange_score_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_at"], name="exchange_scores_waiting", condition=Q(state="waiting")),
        ]
