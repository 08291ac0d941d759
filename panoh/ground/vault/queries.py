"""What the vault holds, in numbers."""

from django.db.models import Count

from .models import DataKey, Erasure


def keys_per_ring() -> dict[str, int]:
    """How many data keys each master key wraps: one that wraps none may leave the ring."""
    counted = DataKey.objects.values_list("ring").annotate(keys=Count("pk")).order_by("ring")
    return dict(counted)


def erased_keys() -> int:
    return Erasure.objects.count()
