"""What is trained, when and where: a programme, its events, their half days, and the country's targets."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from panoh.ground.common.codes import new_code
from panoh.learn.academy.public import CourseEdition


class Programme(models.Model):
    """A country's programme of training. ``names`` by written language; Uzbek Cyrillic is derived.

    ``cascade_days`` is how long a graduate trains others: the window of a plan. ``complete_percent``
    of the half days must be attended to complete. ``is_synthetic``: invented for the
    demo, said on every page and file that shows its figures.
    """

    code = models.SlugField(max_length=60, unique=True)
    names = models.JSONField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    cascade_days = models.PositiveSmallIntegerField(default=182)
    complete_percent = models.PositiveSmallIntegerField(default=75)
    is_synthetic = models.BooleanField(default=False)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-starts_on", "code"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="training_programme_ends_after"),
            models.CheckConstraint(condition=Q(complete_percent__range=(1, 100)), name="training_percent_is_one"),
        ]

    def __str__(self) -> str:
        return self.code


class Measure(models.TextChoices):
    """What is counted, and its unit: the words that stand beside every figure."""

    TRAINED = "trained", _("People who completed a training")
    PARTICIPATIONS = "participations", _("Participations")
    COMPLETIONS = "completions", _("Completions")
    CERTIFIED = "certified", _("Certified trainers")
    ACTIVE = "active", _("Trainers who have trained others")
    LESSONS = "lessons", _("Lessons reported")
    REACHED = "reached", _("Pupils reached, as reported")
    VERIFIED = "verified", _("Pupils reached, as verified")
    ADULTS = "adults", _("Colleagues and parents reached, as reported")


class Target(models.Model):
    """What a programme promised for a region ("" is the whole country); said beside the figure, never mixed in."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="targets")
    region = models.CharField(max_length=20, blank=True, default="")
    measure = models.CharField(max_length=14, choices=Measure)
    value = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "region", "measure"], name="training_one_target"),
        ]


class Kind(models.TextChoices):
    TOT = "tot", _("Training of trainers")
    REFRESHER = "refresher", _("Refresher")
    LESSON = "lesson", _("Cascade lesson")
    PARENTS = "parents", _("Parents' evening")
    PROFESSIONALS = "professionals", _("Training of professionals")


class EventState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    OPEN = "open", _("Open for registration")
    FINISHED = "finished", _("Finished")
    CANCELLED = "cancelled", _("Cancelled")


class CountedBy(models.TextChoices):
    """Where the total of an event comes from: one of the two, by decision, and never the larger."""

    ROSTER = "roster", _("The roster")
    HEADS = "heads", _("The head-count")


class TrainingEvent(models.Model):
    """One training in one place. ``generation`` of those who come out of it: 1 from the training of trainers, 2 from
    what these teach. ``clock`` is an IANA name: days and hours of its sessions are that place's.

    ``counted_by`` is empty until somebody decided; roster and head-count that differ need a decision with a reason
    (``counting.py``), until then the event stands in the list of what is missing and counts by its roster alone.
    """

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=13, choices=Kind)
    generation = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=160)
    curriculum = models.ForeignKey(CourseEdition, on_delete=models.PROTECT, null=True, related_name="+")
    region = models.CharField(max_length=20)
    district = models.CharField(max_length=40, blank=True, default="")
    venue = models.CharField(max_length=200, blank=True, default="")
    starts_on = models.DateField()
    ends_on = models.DateField()
    clock = models.CharField(max_length=40, default="Asia/Tashkent")
    language = models.CharField(max_length=8)
    capacity = models.PositiveSmallIntegerField(null=True)
    materials = models.JSONField(default=list)  # addresses of pages and files inside the centre, as printed
    state = models.CharField(max_length=9, choices=EventState, default=EventState.PLANNED)
    join_code = models.CharField(max_length=12, unique=True, default=new_code)
    counted_by = models.CharField(max_length=6, choices=CountedBy, blank=True, default="")
    counted_why = models.CharField(max_length=40, blank=True, default="")
    made_by = models.CharField(max_length=12)
    made_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    counted = models.JSONField(default=list)  # what it stands for in ``Figure`` (``figures.py``)

    class Meta:
        ordering: ClassVar[list[str]] = ["-starts_on", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme", "region", "starts_on"], name="training_event_where"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="training_event_ends_after"),
            models.CheckConstraint(
                condition=Q(state=EventState.CANCELLED, cancelled_at__isnull=False)
                | (~Q(state=EventState.CANCELLED) & Q(cancelled_at=None)),
                name="training_cancelled_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Half(models.TextChoices):
    MORNING = "am", _("Morning")
    AFTERNOON = "pm", _("Afternoon")


class Session(models.Model):
    """Half a day: the unit of attendance."""

    event = models.ForeignKey(TrainingEvent, on_delete=models.CASCADE, related_name="sessions")
    on = models.DateField()
    half = models.CharField(max_length=2, choices=Half)
    topic = models.CharField(max_length=160, blank=True, default="")

    class Meta:
        ordering: ClassVar[list[str]] = ["on", "half"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["event", "on", "half"], name="training_one_half_day"),
        ]


class WhyHeads(models.TextChoices):
    """Why heads were counted where a roster was expected."""

    NO_LIST = "no_list", _("There was no list")
    LOST = "lost", _("The list was lost")
    OPEN_DOOR = "open_door", _("Anybody could come")
    REFUSED = "refused", _("People did not want to be listed")


class HeadCount(models.Model):
    """How many came where nobody was listed: three numbers, their source and the reason; the latest holds."""

    event = models.ForeignKey(TrainingEvent, on_delete=models.CASCADE, related_name="head_counts")
    female = models.PositiveSmallIntegerField()
    male = models.PositiveSmallIntegerField()
    not_stated = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=10, choices=WhyHeads)
    counted_by = models.CharField(max_length=12)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(female__lte=5000, male__lte=5000, not_stated__lte=5000), name="training_heads_of_a_hall"
            ),
        ]

    @property
    def total(self) -> int:
        return self.female + self.male + self.not_stated
