"""What the vault holds, in numbers."""

from django.db.models import Count, Max, Q
from django.utils import timezone

from .models import DataKey, Erasure, Export, Hold, RetentionRun


def keys_per_ring() -> dict[str, int]:
    """How many data keys each master key wraps: one that wraps none may leave the ring."""
    counted = DataKey.objects.values_list("ring").annotate(keys=Count("pk")).order_by("ring")
    return dict(counted)


def erased_keys() -> int:
    return Erasure.objects.count()


def last_runs() -> list[RetentionRun]:
    """The newest proof of each room that it was let forget."""
    newest = RetentionRun.objects.values_list("room").annotate(last=Max("pk")).values_list("last", flat=True)
    return list(RetentionRun.objects.filter(pk__in=list(newest)).order_by("room"))


def holds_standing() -> dict[str, int]:
    """How many holds stand now, by kind."""
    standing = Hold.objects.filter(Q(until=None) | Q(until__gt=timezone.now()), lifted_at=None)
    return dict(standing.values_list("kind").annotate(holds=Count("pk")).order_by("kind"))


def live_exports() -> int:
    return Export.objects.filter(destroyed_at=None).count()
