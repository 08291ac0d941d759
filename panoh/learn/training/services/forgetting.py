"""The end of names: people whom nobody has seen at a training for years stay as counts."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from ..models import ImportState, NameMark, Participation, Person, RosterImport, Status, Trainer

AT_ONCE = 500


@transaction.atomic
def forget_people(before: datetime) -> int:
    """Erase the names of those who were last at a training before this moment and train nobody, and what lists said
    that nobody applied; how many people. Sex, place and attendance stay: they are counts without a person."""
    late = Participation.objects.filter(person=OuterRef("pk")).filter(
        Q(event__ends_on__gte=before.date()) | Q(made_at__gte=before)
    )
    trains = Trainer.objects.filter(person=OuterRef("pk")).exclude(status__in=[Status.LAPSED, Status.SUSPENDED])
    old = Person.objects.filter(erased_at=None, made_at__lt=before).exclude(Exists(late)).exclude(Exists(trains))
    back = Person.objects.filter(erased_at=None, key__in=vault.erased_keys())  # a restore brought the row back
    people = list(old.order_by("pk")[:AT_ONCE]) + list(back[:AT_ONCE])
    numbers = [one.pk for one in people]
    NameMark.objects.filter(person__in=numbers).delete()
    Person.objects.filter(pk__in=numbers).update(erased_at=timezone.now(), sealed=b"", learner=None)
    vault.destroy_keys([one.key for one in people], reason="training.forgotten")
    stale = RosterImport.objects.filter(state=ImportState.PREVIEW, made_at__lt=before)
    keys = list(stale.values_list("key", flat=True))
    for one in stale:
        one.rows.update(sealed=b"")
    stale.update(state=ImportState.DROPPED)
    vault.destroy_keys(keys, reason="training.roster_forgotten")
    if people:
        audit.record("trainees.forgotten", thing="training", people=len(people))
    return len(people)
