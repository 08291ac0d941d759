"""Time on hard material is counted while somebody looks, and ends in a break."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from ..desk_rules import is_hard, number
from ..models import Exposure, Report, Rest
from ..queries.exposure import hard_minutes, look_minutes, resting_until


@transaction.atomic
def begin_look(report: Report, *, by: User) -> None:
    """Somebody opens a report: on a hard one their minutes begin, and those on another one end. Twice is once."""
    current = _lock_open_look(by)
    if current and current.report_id == report.pk:
        return
    if current:
        _end(current)
    if is_hard(report.kind):
        try:
            with transaction.atomic():
                Exposure.objects.create(user=by, report=report, began_at=timezone.now())
        except IntegrityError:  # two tabs at once: one look
            return


@transaction.atomic
def end_look(*, by: User, at_least: int = 0) -> int:
    """Nobody looks any more; ``at_least`` is what a person says it took. The minutes that count."""
    current = _lock_open_look(by)
    return _end(current, at_least) if current else 0


@transaction.atomic
def record_minutes(report: Report, minutes: int, *, by: User) -> None:
    """What an analyst spent on it outside Panoh; it holds the minutes of the page inside it."""
    current = _lock_open_look(by)
    if current and current.report_id == report.pk:
        _end(current, minutes)
    elif minutes:
        now = timezone.now()
        Exposure.objects.create(user=by, report=report, began_at=now, ended_at=now, minutes=minutes)


@transaction.atomic
def take_break(*, by: User) -> Rest:
    """For the minutes that ``centre.toml`` gives nothing hard is opened; what was counted is behind them."""
    now = timezone.now()
    if (until := resting_until(by, now)) is not None:
        return Rest.objects.filter(user=by, ends_at=until).latest("began_at")
    end_look(by=by)
    counted = hard_minutes(by, now)
    ends_at = now + timedelta(minutes=number("breaks", "minutes", default=15))
    rest = Rest.objects.create(user=by, began_at=now, ends_at=ends_at)
    audit.record("exposure.break_taken", thing=by.code, actor=by.code, minutes=counted)
    return rest


def _lock_open_look(user: User) -> Exposure | None:
    return Exposure.objects.select_for_update().filter(user=user, ended_at=None).first()


def _end(look: Exposure, at_least: int = 0) -> int:
    now = timezone.now()
    look.minutes, look.ended_at = max(look_minutes(look, now), at_least), now
    look.save(update_fields=["minutes", "ended_at"])
    return look.minutes
