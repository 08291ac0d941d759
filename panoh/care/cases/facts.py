"""What the rooms above may know of cases: counts, never children. They stay when the file is erased."""

from panoh.ground.common.cells import Period, Row, cells

from .models.facts import CaseCell, ClosingCell, ReferralCell


def facts(period: Period, by: tuple[str, ...] = ("event",)) -> list[Row]:
    """Cases opened, closed and reopened as rows of (code, …, n), from a month to a month, both inside.

    ``by`` may name ``month``, ``event``, ``kind``, ``risk``, ``region``, ``age_band``, ``sex``. A row without ``event``
    counts events, not cases.
    """
    return cells(CaseCell, period, by)


def closings(period: Period, by: tuple[str, ...] = ("reason",)) -> list[Row]:
    """Cases that ended, by ``month``, ``kind``, ``risk``, ``status``, ``reason``, ``lasted``."""
    return cells(ClosingCell, period, by)


def referrals(period: Period, by: tuple[str, ...] = ("service", "status")) -> list[Row]:
    """Referrals that ended, by ``month``, ``service``, ``urgency``, ``status``, ``answered``."""
    return cells(ReferralCell, period, by)
