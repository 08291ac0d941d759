"""The inbound ledger of updates, what the bot remembers of a chat, and small errands at Telegram."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from panoh.care.reports.public import Report
from panoh.care.talks.public import Conversation, Identity


class InboxKey(models.Model):
    """One data key a day for raw updates: destroyed with the day, so that no copy of the table opens again."""

    day = models.DateField(primary_key=True)
    data_key = models.UUIDField()


class Outcome(models.TextChoices):
    WAITING = "waiting"
    DONE = "done"
    IGNORED = "ignored"  # nothing for us in it, as in a group
    PARKED = "parked"  # a person must look: see ``reason``


class InboundUpdate(models.Model):
    """What Telegram handed us, written down before it is acknowledged. The payload is erased once it is dealt with."""

    update_id = models.BigIntegerField(primary_key=True)
    data_key = models.UUIDField()
    payload = models.BinaryField()
    received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome, default=Outcome.WAITING)
    reason = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["update_id"], name="telegram_pending", condition=Q(outcome="waiting")),
            models.Index(fields=["received_at"], name="telegram_received"),
        ]


class ChatState(models.Model):
    """What the bot remembers of one chat besides the ledger of talks. ``hidden_at``: the person said /stop.

    ``report`` is the draft somebody is filling in, ``question`` the code of what was asked last; empty while it rests.
    ``play_message`` is Telegram's number of the message a quiz stands in, as long as it can be taken back.
    """

    identity = models.OneToOneField(Identity, primary_key=True, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=8, blank=True)
    hidden_at = models.DateTimeField(null=True)
    last_answer = models.CharField(max_length=60, blank=True)
    last_answer_at = models.DateTimeField(null=True)
    report = models.ForeignKey(Report, null=True, on_delete=models.SET_NULL, related_name="+")
    question = models.CharField(max_length=30, blank=True)
    asked_at = models.DateTimeField(null=True)
    play_message = models.BigIntegerField(null=True)
    played_at = models.DateTimeField(null=True)


class Offer(models.Model):
    """A place or a phone number that somebody sent: sealed apart, and shown only after they said a second yes."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    external_id = models.BigIntegerField()
    payload = models.BinaryField()
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "external_id"], name="telegram_offer_once"),
        ]


METHODS = ("answer", "delete", "leave", "play", "tell", "turn")


class Errand(models.Model):
    """A small thing to do at Telegram that is in no ledger: answer a tap, take own messages back, leave a group, and
    the quiz, which is sent once (``play``) and then written over (``turn``), and words for a learner (``tell``).

    The payload (sealed JSON with the chat's number) is erased when it is done.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    method = models.CharField(max_length=10, choices=[(name, name) for name in METHODS])
    data_key = models.UUIDField()
    payload = models.BinaryField()
    created_at = models.DateTimeField(auto_now_add=True)
    next_attempt_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["next_attempt_at"], name="telegram_errands", condition=Q(done_at=None)),
        ]
