"""What the rooms above may know of reports: counts, never people. They stay when the words are erased."""

from panoh.ground.common.cells import Period, Row, cells, count_by

from .models.facts import FACTS, DraftCell, ReportDemandCell


def facts(period: Period, by: tuple[str, ...] = ()) -> list[Row]:
    """Closed reports as rows of (code, …, n), from a month to a month, both inside.

    ``by`` may name ``month`` and codes that one of the tables in ``models/facts.py`` counts together. Raises
    ``ValueError`` for codes that are never counted together.
    """
    return count_by(FACTS, period, by)


def drafts(period: Period, by: tuple[str, ...] = ("last_question",)) -> list[Row]:
    """Forms never sent, by ``month``, ``last_question``, ``kind``, ``channel``, ``language``."""
    return cells(DraftCell, period, by)


def demand(period: Period, by: tuple[str, ...] = ("weekday", "hour")) -> list[Row]:
    """Reports sent, by ``month``, ``weekday`` (1 Monday), ``hour``, ``channel``."""
    return cells(ReportDemandCell, period, by)
