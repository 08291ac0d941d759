"""The rows behind every figure, as ``counting.py`` wants them. Merged people are who they were merged into."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from ..counting import Row, Three
from ..models import CAME, CascadeReport, EventState, Part, Participation, Programme, Status, Trainer, TrainingEvent
from ..shares import ReportFacts, TrainerFacts

_FIELDS = (
    "event_id", "who", "sex", "event__region", "event__district", "part", "state", "completed_on", "event__generation",
)  # fmt: skip


def rows_of(theirs: QuerySet[Participation]) -> Iterator[Row]:
    said = theirs.exclude(event__state=EventState.CANCELLED).annotate(
        who=Coalesce("person__merged_into", "person_id"),
        sex=Coalesce("person__merged_into__sex", "person__sex"),
    )
    for event, who, sex, region, district, part, state, on, generation in said.values_list(*_FIELDS).iterator(2000):
        yield Row(event, str(who), sex, region, district, part == Part.PARTICIPANT, state in CAME, on, generation)


def rows_of_programme(programme: Programme) -> Iterator[Row]:
    return rows_of(Participation.objects.filter(event__programme=programme))


def rows_of_event(event: TrainingEvent) -> list[Row]:
    return list(rows_of(Participation.objects.filter(event=event)))


def rows_of_people(programme: int, people: list[UUID]) -> list[Row]:
    """All that these people, and those merged into them, were at."""
    theirs = Participation.objects.filter(event__programme=programme)
    own = theirs.filter(person__in=people) | theirs.filter(person__merged_into__in=people)
    return list(rows_of(own))


def heads_of(event: TrainingEvent) -> Three | None:
    """The latest head-count; None where nobody counted."""
    last = event.head_counts.order_by("-pk").first()
    return Three(last.female, last.male, last.not_stated) if last else None


def trainer_facts(trainer: Trainer) -> TrainerFacts:
    """``trainer`` with its person selected."""
    first = (
        CascadeReport.objects.filter(trainer=trainer)
        .exclude(state="rejected")
        .order_by("on")
        .values_list("on", flat=True)
        .first()
    )
    is_active = trainer.status == Status.ACTIVE and first is not None
    return TrainerFacts(
        trainer.person.sex, trainer.region, trainer.district, trainer.generation, trainer.certified_on, first, is_active
    )


def report_facts(report: CascadeReport) -> ReportFacts:
    verified = report.verified
    found = None
    if verified is not None:
        found = Three(report.verified_female or 0, report.verified_male or 0, report.verified_not_stated or 0)
    return ReportFacts(
        report.on,
        report.region,
        report.district,
        report.band,
        report.generation,
        Three(report.female, report.male, report.not_stated),
        found,
        report.state != "rejected",
    )
