"""Counting whether pages help. Nobody is remembered, so a flood is stopped by how much comes, not by who sends."""

from django.core.cache import cache
from django.db import transaction
from django.utils import timezone

from panoh.ground.common.cells import Cell, add, cells, month_of, settle

from ..models import Answer, AnswerCell, Reason, ReasonCell, Sheet

# A class that answers together stays below both; a script that presses all night changes little.
MOST_A_MINUTE, MOST_A_DAY = 120, 400


def count_answer(sheet: Sheet, answer: str) -> bool:
    """Add one; False for what is no answer of ours, or too much at once: the reader is thanked all the same."""
    return answer in Answer.values and _count(AnswerCell, sheet, "answer", answer)


def count_reason(sheet: Sheet, reason: str) -> bool:
    return reason in Reason.values and _count(ReasonCell, sheet, "reason", reason)


@transaction.atomic
def _count(model: type[Cell], sheet: Sheet, dimension: str, code: str) -> bool:
    today = timezone.localdate()
    month = month_of(today)
    where: dict[str, str | int] = {"page": sheet.code, "language": sheet.language, "day": today.day}
    ((so_far,),) = cells(model, (month, month), (), **where)
    if so_far >= MOST_A_DAY or not _is_calm():
        return False
    add(model, month, {**where, dimension: code})
    return True


def _is_calm() -> bool:
    """Fewer than so many answers to all pages in this minute; where the cache is away, the day's limit stands alone."""
    minute = f"helped:{int(timezone.now().timestamp()) // 60}"
    cache.add(minute, 0, 120)
    try:
        return cache.incr(minute) <= MOST_A_MINUTE
    except ValueError:
        return True


def settle_feedback() -> int:
    """At night the order in which people answered goes; the sums stay."""
    return sum(settle(model) for model in (AnswerCell, ReasonCell))
