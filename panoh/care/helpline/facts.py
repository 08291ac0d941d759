"""What the rooms above may know of the helpline: counts, never people. They stay when the words are erased."""

from panoh.ground.common.cells import Period, Row, cells, count_by

from .models.facts import FACTS, DemandCell


def facts(period: Period, by: tuple[str, ...] = ()) -> list[Row]:
    """Finished contacts as rows of (code, …, n), from a month to a month, both inside.

    ``by`` may name ``month`` and codes that one of the tables in ``models/facts.py`` counts together; ``reason``,
    ``harm`` and ``action`` count mentions. Raises ``ValueError`` for codes that are never counted together.
    """
    return count_by(FACTS, period, by)


def demand(period: Period, by: tuple[str, ...] = ("weekday", "hour")) -> list[Row]:
    """Arrivals, missed calls among them, by ``month``, ``weekday`` (1 Monday), ``hour``, ``channel``, ``answered``."""
    return cells(DemandCell, period, by)
