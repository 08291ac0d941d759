"""How often certificates are looked up. Counted in memory and written now and then: a look-up costs no write."""

import threading
import time
from collections import Counter
from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..models import DailyChecks

WRITE_AFTER_SECONDS, WRITE_AFTER = 10.0, 100
_lock = threading.Lock()
_waiting: Counter[tuple[date, str]] = Counter()
_written_at = time.monotonic()


def count_check(answer: str) -> None:
    """One more look-up was answered so. At most the last seconds are lost when a process dies."""
    with _lock:
        _waiting[timezone.localdate(), answer] += 1
        is_due = time.monotonic() - _written_at > WRITE_AFTER_SECONDS or _waiting.total() >= WRITE_AFTER
    if is_due:
        write_checks()


def write_checks() -> None:
    """Add what was counted here to the day's rows."""
    global _written_at
    with _lock:
        counted, _written_at = dict(_waiting), time.monotonic()
        _waiting.clear()
    with transaction.atomic():
        for (day, answer), number in sorted(counted.items()):
            DailyChecks.objects.bulk_create([DailyChecks(day=day, answer=answer)], ignore_conflicts=True)
            DailyChecks.objects.filter(day=day, answer=answer).update(number=F("number") + number)
