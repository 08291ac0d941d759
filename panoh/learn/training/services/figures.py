"""The prepared figures: counted again where rows changed, or from nothing. One writer for a programme at a time."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F

from panoh.ground.audit import public as audit

from .. import shares
from ..counting import First, firsts
from ..models import CascadeReport, Counted, Figure, Person, Programme, Stale, Trainer, TrainingEvent
from ..queries import counted_rows as rows

AT_ONCE = 500
BULK = 500


def refresh_figures() -> int:
    """Count again whatever changed; how many things. Run by the timetable, and safe to run beside every change."""
    done = 0
    for programme in Stale.objects.order_by().values_list("programme_id", flat=True).distinct():
        while batch := _refresh(programme):
            done += batch
    return done


@transaction.atomic
def _refresh(programme: int) -> int:
    """One batch. What is committed after this batch looked leaves a mark of its own, and is counted by the next."""
    Programme.objects.select_for_update().get(pk=programme)
    marks = list(Stale.objects.filter(programme_id=programme).order_by("pk")[:AT_ONCE])
    if not marks:
        return 0
    Stale.objects.filter(pk__in=[one.pk for one in marks]).delete()
    things: dict[str, set[str]] = defaultdict(set)
    for one in marks:
        things[one.kind].add(one.thing)
    change: Counter[shares.Cell] = Counter()
    change.update(_events(things["event"]))
    change.update(_trainers(things["trainer"]))
    change.update(_reports(things["report"]))
    change.update(_people(programme, sorted(UUID(one) for one in things["person"])))
    _add(programme, change)
    return len(marks)


def _events(numbers: Iterable[str]) -> Counter[shares.Cell]:
    change: Counter[shares.Cell] = Counter()
    for event in TrainingEvent.objects.filter(pk__in=[int(one) for one in numbers]):
        now = share_of_event(event)
        change.update(shares.difference(now, shares.read(event.counted)))
        TrainingEvent.objects.filter(pk=event.pk).update(counted=shares.kept(now))
    return change


def share_of_event(event: TrainingEvent) -> shares.Share:
    if event.cancelled_at is not None:
        return Counter()
    return shares.of_event(
        rows.rows_of_event(event),
        rows.heads_of(event),
        event.counted_by,
        ends_on=event.ends_on,
        region=event.region,
        district=event.district,
        generation=event.generation,
    )


def _trainers(numbers: Iterable[str]) -> Counter[shares.Cell]:
    change: Counter[shares.Cell] = Counter()
    theirs = Trainer.objects.filter(pk__in=[int(one) for one in numbers]).select_related("person")
    for trainer in theirs:
        now = shares.of_trainer(rows.trainer_facts(trainer))
        change.update(shares.difference(now, shares.read(trainer.counted)))
        Trainer.objects.filter(pk=trainer.pk).update(counted=shares.kept(now))
    return change


def _reports(numbers: Iterable[str]) -> Counter[shares.Cell]:
    change: Counter[shares.Cell] = Counter()
    for report in CascadeReport.objects.filter(pk__in=list(numbers)):
        now = shares.of_report(rows.report_facts(report))
        change.update(shares.difference(now, shares.read(report.counted)))
        CascadeReport.objects.filter(pk=report.pk).update(counted=shares.kept(now))
    return change


def _people(programme: int, people: list[UUID]) -> dict[shares.Cell, int]:
    """``Counted`` of these people as their rows say; the difference to what stood there.

    Of a person who was merged into another nothing stays, and the other is counted with what was theirs."""
    if not people:
        return {}
    stays = {merged or pk for pk, merged in Person.objects.filter(pk__in=people).values_list("pk", "merged_into_id")}
    before = Counted.objects.filter(programme_id=programme, person__in=stays.union(people))
    was = {First(one.region, str(one.person_id), one.month, one.sex, one.generation): one.pk for one in before}
    now = firsts(rows.rows_of_people(programme, sorted(stays)))
    gone, come = was.keys() - now, now - was.keys()
    Counted.objects.filter(pk__in=[was[one] for one in gone]).delete()
    Counted.objects.bulk_create((_counted(programme, one) for one in come), batch_size=BULK)
    return shares.difference(_share(come), _share(gone))


def _share(found: Iterable[First]) -> shares.Share:
    return shares.of_firsts((one.region, one.month, one.sex, one.generation) for one in found)


def _counted(programme: int, one: First) -> Counted:
    return Counted(
        programme_id=programme,
        region=one.region,
        person_id=UUID(one.person),
        month=one.month,
        sex=one.sex,
        generation=one.generation,
    )


def _add(programme: int, change: Counter[shares.Cell]) -> None:
    for cell, n in sorted(change.items()):
        if not n:
            continue
        said = cell._asdict() | {"month": date.fromisoformat(cell.month)}
        if not Figure.objects.filter(programme_id=programme, **said).update(n=F("n") + n):
            Figure.objects.create(programme_id=programme, **said, n=n)


@transaction.atomic
def recount(programme: Programme) -> int:
    """Everything from nothing, as the rows say; how many figures were wrong before (0 unless something is broken).

    What waits to be counted is counted with it.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    Stale.objects.filter(programme=programme).delete()
    found: Counter[shares.Cell] = Counter()
    for event in TrainingEvent.objects.filter(programme=programme).iterator():
        found.update(_kept(TrainingEvent, event.pk, share_of_event(event)))
    for trainer in Trainer.objects.filter(programme=programme).select_related("person").iterator():
        found.update(_kept(Trainer, trainer.pk, shares.of_trainer(rows.trainer_facts(trainer))))
    for report in CascadeReport.objects.filter(trainer__programme=programme).iterator():
        found.update(_kept(CascadeReport, report.pk, shares.of_report(rows.report_facts(report))))
    Counted.objects.filter(programme=programme).delete()
    people = firsts(rows.rows_of_programme(programme))
    Counted.objects.bulk_create((_counted(programme.pk, one) for one in people), batch_size=BULK)
    found.update(_share(people))
    was = figures_of(programme)
    wrong = sum(was[cell] != found[cell] for cell in was.keys() | found.keys())
    Figure.objects.filter(programme=programme).delete()
    Figure.objects.bulk_create(
        (
            Figure(programme=programme, **cell._asdict() | {"month": date.fromisoformat(cell.month)}, n=n)
            for cell, n in sorted(found.items())
            if n
        ),
        batch_size=BULK,
    )
    audit.record("figures.recounted", thing=programme.code, wrong=wrong)
    return wrong


def _kept(model: type, pk: object, share: shares.Share) -> shares.Share:
    model.objects.filter(pk=pk).update(counted=shares.kept(share))  # type: ignore[attr-defined]
    return share


def figures_of(programme: Programme) -> shares.Share:
    """The prepared figures as they stand."""
    said = Figure.objects.filter(programme=programme).exclude(n=0)
    fields = ("measure", "month", "region", "district", "sex", "generation", "n")
    return Counter(
        {
            shares.Cell(measure, month.isoformat(), region, district, sex, generation): n
            for measure, month, region, district, sex, generation, n in said.values_list(*fields)
        }
    )
