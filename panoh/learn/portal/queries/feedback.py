"""What readers said of the pages, for editors."""

from datetime import date, timedelta

from django.db.models import Q, Sum
from django.utils import timezone

from panoh.ground.common.cells import month_of

from .. import helping
from ..models import AnswerCell, Kind, ReasonCell
from .sheets import listed

PERIODS = (30, 90, 365)
Row = tuple[str, str, str, int]


def helped_least(days: int, language: str = "") -> list[helping.Helped]:
    """Every page that was answered about in the last days, the one that helps least first."""
    since = timezone.localdate() - timedelta(days=days)
    found: dict[tuple[str, str], helping.Helped] = {}
    for page, spoken, answer, n in _counted(AnswerCell, "answer", since, language):
        found.setdefault((page, spoken), helping.Helped(page, spoken)).answers[answer] = n
    for page, spoken, reason, n in _counted(ReasonCell, "reason", since, language):
        found.setdefault((page, spoken), helping.Helped(page, spoken)).reasons[reason] = n
    return helping.least_first(list(found.values()))


def _counted(model: type[AnswerCell] | type[ReasonCell], dimension: str, since: date, language: str) -> list[Row]:
    month = month_of(since)
    rows = model._default_manager.filter(Q(month__gt=month) | Q(month=month, day__gte=since.day))
    if language:
        rows = rows.filter(language=language)
    summed = rows.values_list("page", "language", dimension).annotate(total=Sum("n"))
    return [row for row in summed.order_by("page", "language", dimension) if row[-1] > 0]


def titles(language: str) -> dict[str, str]:
    """The pages' titles in a reader's language; a page that has gone has none."""
    return {one.code: one.title for one in listed(language, Kind.GUIDANCE)}
