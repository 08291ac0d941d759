"""The one ledger of what was said: conversations, messages, their earlier wordings, and how to come back."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Channel(models.TextChoices):
    WEB = "web"
    TELEGRAM = "telegram"
    PHONE = "phone"
    WALK_IN = "walk_in"
    LETTER = "letter"


class Purpose(models.TextChoices):
    TALK = "talk"
    REPORT = "report"
    FOLLOW = "follow"  # what somebody who wrote elsewhere is told here


class Identity(models.Model):
    """Somebody behind a channel, known to us by an alias only; the channel's own id is sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    channel = models.CharField(max_length=10, choices=Channel)
    lookup = models.CharField(max_length=64)
    external_id = models.BinaryField()
    data_key = models.UUIDField()
    alias = models.CharField(max_length=40)
    language = models.CharField(max_length=8, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    blocked_us_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    codes_locked_until = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["channel", "lookup"], name="talks_one_identity_a_person"),
        ]


class Conversation(models.Model):
    """One talk through one channel. ``last_seq`` is given under this row's lock: it orders everything in the talk.

    ``safe_from`` to ``safe_until``, on the centre's clock, is when we may write first; without them at any time.
    ``followed_by`` is the same person's chat where they are told what becomes of this; no page shows whose it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(max_length=16, unique=True)
    channel = models.CharField(max_length=10, choices=Channel)
    purpose = models.CharField(max_length=6, choices=Purpose, default=Purpose.TALK)
    identity = models.ForeignKey(Identity, null=True, on_delete=models.PROTECT, related_name="conversations")
    alias = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    data_key = models.UUIDField()
    last_seq = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)
    safe_from = models.TimeField(null=True)
    safe_until = models.TimeField(null=True)
    followed_by = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="follows")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["closed_at"], name="talks_closed", condition=Q(forgotten_at=None)),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(safe_from=None, safe_until=None) | Q(safe_from__isnull=False, safe_until__isnull=False),
                name="talks_safe_hours_have_both_ends",
            ),
        ]


class Direction(models.TextChoices):
    IN = "in"  # the person wrote it
    OUT = "out"  # a member of staff wrote it
    BOT = "bot"  # a reviewed text of the centre
    NOTE = "note"  # staff to staff: whispers, held words, what happened


class Audience(models.TextChoices):
    ALL = "all"
    STAFF = "staff"


class Kind(models.TextChoices):
    TEXT = "text"
    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    AUDIO = "audio"
    FILE = "file"
    STICKER = "sticker"
    CONTACT = "contact"
    LOCATION = "location"
    BUTTON = "button"
    HELD = "held"  # a counsellor's words that wait for the supervisor
    EVENT = "event"  # a code in the body: "blocked", "joined", …
    OTHER = "other"


class Delivery(models.TextChoices):
    """Incoming: received. Outgoing: queued > sending > sent > delivered, or failed(reason), or unconfirmed.

    ``unconfirmed``: the process died between speaking to the channel and writing down the answer; it may have arrived.
    """

    RECEIVED = "received"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    UNCONFIRMED = "unconfirmed"


class Message(models.Model):
    """One thing said. ``seq`` is its place; ``version`` the ``last_seq`` of its newest change, a reader's cursor.

    ``not_before``: it waits for this moment, and what is said meanwhile does not wait for it.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.PROTECT, related_name="messages")
    seq = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    key = models.UUIDField()
    direction = models.CharField(max_length=4, choices=Direction)
    audience = models.CharField(max_length=5, choices=Audience, default=Audience.ALL)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TEXT)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    body = models.BinaryField()
    meta = models.BinaryField(null=True)  # sealed JSON: type, size, file reference, buttons
    external_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    said_at = models.DateTimeField()
    delivery = models.CharField(max_length=12, choices=Delivery)
    delivery_reason = models.CharField(max_length=40, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    revised = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="talks_seq_once"),
            models.UniqueConstraint(fields=["conversation", "key"], name="talks_key_once"),
            models.CheckConstraint(condition=Q(version__gte=F("seq")), name="talks_version_not_before_seq"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["conversation", "version"], name="talks_changes"),
            models.Index(fields=["conversation", "external_id"], name="talks_external"),
            models.Index(
                fields=["id"],
                name="talks_outbox",
                condition=Q(delivery__in=["queued", "sending"]),
            ),
        ]


class HeldWords(models.Model):
    """Words of staff about something told to us that wait for a supervisor, or waited. They stand in the ledger as a
    note; ``found`` are codes of ``protection.py``."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="held_words")
    seq = models.PositiveIntegerField()
    found = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=8, blank=True, choices=[("released", "released"), ("refused", "refused")])

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["at"], name="talks_held_words_waiting", condition=Q(decided_at=None)),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="talks_held_words_once"),
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, decision="")
                | Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decision=""),
                name="talks_held_words_decided_by",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("by")), name="talks_held_words_by_another"
            ),
        ]


class MessageRevision(models.Model):
    """An earlier wording, kept when a message is edited or deleted at its source. Never changed."""

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    body = models.BinaryField()
    source = models.CharField(max_length=10, choices=[("edit", "edit"), ("delete", "delete")])
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["message", "number"], name="talks_revision_once"),
        ]


class Receipt(models.Model):
    """The return code of a conversation: found by a keyed hash, opened by an Argon2id hash. The code is never kept."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="receipts")
    lookup = models.CharField(max_length=64, unique=True)
    secret_hash = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)


class Visit(models.Model):
    """One browser that holds a talk open: the keyed hash of its cookie, nothing of the device."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="visits")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()


class FollowCode(models.Model):
    """The one-time code by which a chat may follow this conversation: its keyed hash, one at a time."""

    conversation = models.OneToOneField(Conversation, primary_key=True, on_delete=models.CASCADE, related_name="+")
    lookup = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
