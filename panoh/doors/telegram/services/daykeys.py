"""One data key a day for what passes through: raw updates and errands. Destroyed with the day."""

from datetime import date
from uuid import UUID

from django.utils import timezone

from panoh.ground.vault import public as vault

from ..models import InboxKey

_known: dict[date, UUID] = {}


def key_of_today() -> UUID:
    """Known to this process after the first use, so that writing an update is one insert."""
    today = timezone.now().date()
    if today not in _known:
        _known.clear()
        _known[today] = _kept_key(today)
    return _known[today]


def _kept_key(day: date) -> UUID:
    if kept := InboxKey.objects.filter(pk=day).first():
        return kept.data_key
    fresh = vault.new_key("telegram-inbox")
    kept, made = InboxKey.objects.get_or_create(day=day, defaults={"data_key": fresh})
    if not made:
        vault.destroy_keys([fresh], reason="unused")
    return kept.data_key


def let_go() -> None:
    """Ask the table again next time."""
    _known.clear()
