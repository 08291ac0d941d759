"""Which numbers a person sees, which are due for a check, and the gate to one of them."""

from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from panoh.ground.accounts.public import User
from panoh.ground.languages.public import LANGUAGES

from .. import ageing, policy
from ..models import NumberToCall, in_language


class ShownNumber(NamedTuple):
    """A number as a person reads it. ``is_example``: nobody checked it, the demo centre alone shows it."""

    name: str
    number: str
    hours: str
    for_whom: str
    is_emergency: bool
    is_example: bool
    last_checked_on: date | None
    is_overdue: bool


class DueNumber(NamedTuple):
    """A number and its age. ``step``: 60, 75 or 85, else 0. ``stays``: overdue, yet the last one somebody has."""

    number: NumberToCall
    days: int | None
    step: int
    is_overdue: bool
    stays: bool


def numbers_to_call(language: str, region: str = "", reader: str = "") -> list[ShownNumber]:
    """Numbers for people of a language and, where it is known, a region and a ``Reader``; emergency numbers first."""
    numbers, today = _active(), timezone.localdate()
    last = last_ones(numbers, today)
    return [
        _shown(number, language, today)
        for number in numbers
        if number.serves(language, region) and number.is_for(reader) and _may_be_shown(number, last, today)
    ]


def _active() -> list[NumberToCall]:
    return list(NumberToCall.objects.filter(is_active=True))


def _may_be_shown(number: NumberToCall, last: list[NumberToCall], today: date) -> bool:
    if number.verified_on is None:
        return not settings.PRODUCTION
    return not ageing.is_overdue(number.verified_on, today) or number in last


def _shown(number: NumberToCall, language: str, today: date) -> ShownNumber:
    return ShownNumber(
        name=number.name_in(language),
        number=number.number,
        hours=in_language(number.hours, language),
        for_whom=in_language(number.for_whom, language),
        is_emergency=number.is_emergency,
        is_example=number.verified_on is None,
        last_checked_on=number.verified_on,
        is_overdue=ageing.is_overdue(number.verified_on, today),
    )


def last_ones(numbers: list[NumberToCall], today: date) -> list[NumberToCall]:
    """Overdue emergency numbers that still stand, because a language or a region has no other."""
    return ageing.last_ones(numbers, LANGUAGES, today)


def has_verified_emergency_number() -> bool:
    """What production asks before it opens the talk; an overdue number counts, because it stays on the page."""
    return NumberToCall.objects.filter(is_active=True, is_emergency=True, verified_on__isnull=False).exists()


def due_numbers() -> list[DueNumber]:
    """Active numbers that need a check: never checked ones first, then the longest unchecked."""
    due = [row for row in all_numbers() if row.number.is_active and (row.days is None or row.step)]
    return sorted(due, key=lambda row: (row.days is not None, -(row.days or 0)))


def all_numbers() -> list[DueNumber]:
    """Every number with its age, switched-off ones last."""
    numbers, today = list(NumberToCall.objects.select_related("verified_by")), timezone.localdate()
    last = last_ones([number for number in numbers if number.is_active], today)
    rows = [_due(number, number in last, today) for number in numbers]
    return sorted(rows, key=lambda row: not row.number.is_active)


def _due(number: NumberToCall, stays: bool, today: date) -> DueNumber:
    if number.verified_on is None:
        return DueNumber(number, None, 0, False, False)
    days, step = ageing.days_since(number.verified_on, today), ageing.warning_step(number.verified_on, today)
    return DueNumber(number, days, step, ageing.is_overdue(number.verified_on, today), stays)


def number_for(user: User, code: str) -> NumberToCall:
    """The one gate to a number: a hidden one and a missing one look the same."""
    visible: QuerySet[NumberToCall] = policy.visible_numbers(user)
    return get_object_or_404(visible, code=code)
