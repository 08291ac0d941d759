"""How long a check may be trusted: warned about at 60, 75 and 85 days, hidden after 90, the last number never."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import NamedTuple, Protocol, TypeVar

WARNED_AFTER = (60, 75, 85)
DIRECTORY_WARNED_AFTER = (60, 75, 85, 90)
TRUSTED_FOR = timedelta(days=90)


class Checked(Protocol):
    """What is asked of a number: ``region`` empty means the whole country, ``languages`` empty means all."""

    @property
    def is_emergency(self) -> bool: ...
    @property
    def verified_on(self) -> date | None: ...
    @property
    def region(self) -> str: ...
    @property
    def languages(self) -> Sequence[str]: ...


AnyNumber = TypeVar("AnyNumber", bound=Checked)


class Scope(NamedTuple):
    """People who would be left without a number: those of a region, or those who speak a language."""

    kind: str
    code: str


def days_since(verified_on: date, today: date) -> int:
    return (today - verified_on).days


def warning_step(verified_on: date, today: date, steps: Sequence[int] = WARNED_AFTER) -> int:
    """The last of these steps in days that has passed since the check, or 0."""
    return max((step for step in steps if days_since(verified_on, today) >= step), default=0)


def is_overdue(verified_on: date | None, today: date) -> bool:
    """True when the check is older than 90 days. A number nobody checked is not overdue: it never was valid."""
    return verified_on is not None and today - verified_on > TRUSTED_FOR


def is_trusted(verified_on: date | None, today: date) -> bool:
    return verified_on is not None and not is_overdue(verified_on, today)


def freshness(verified_on: date | None, today: date) -> str:
    """``never`` checked, ``stale``, ``due`` (a warning has begun) or ``trusted``."""
    if verified_on is None:
        return "never"
    if is_overdue(verified_on, today):
        return "stale"
    return "due" if warning_step(verified_on, today) else "trusted"


def last_ones(numbers: Iterable[AnyNumber], every_language: Sequence[str], today: date) -> list[AnyNumber]:
    """Overdue emergency numbers that must stay: in some scope of theirs none is trusted and none was checked later."""
    urgent = [number for number in numbers if number.is_emergency and number.verified_on is not None]
    kept: list[AnyNumber] = []
    for scope in sorted({scope for number in urgent for scope in scopes_of(number, every_language)}):
        inside = [number for number in urgent if scope in scopes_of(number, every_language)]
        if not any(is_trusted(number.verified_on, today) for number in inside):
            latest = max(number.verified_on for number in inside if number.verified_on)
            kept += [number for number in inside if number.verified_on == latest and number not in kept]
    return kept


def scopes_of(number: Checked, every_language: Sequence[str]) -> list[Scope]:
    spoken = number.languages or every_language
    return [Scope("region", number.region), *(Scope("language", language) for language in spoken)]
