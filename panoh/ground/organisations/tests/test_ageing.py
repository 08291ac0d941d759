from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest

from ..ageing import is_overdue, last_ones, warning_step

TODAY = date(2026, 11, 21)
LANGUAGES = ("uz", "ru")


@dataclass
class Number:
    age: int | None
    region: str = ""
    languages: list[str] = field(default_factory=list)
    is_emergency: bool = True

    @property
    def verified_on(self) -> date | None:
        return None if self.age is None else TODAY - timedelta(days=self.age)


@pytest.mark.parametrize(
    ("age", "step"), [(0, 0), (59, 0), (60, 60), (74, 60), (75, 75), (84, 75), (85, 85), (400, 85)]
)
def test_a_number_warns_at_60_75_and_85_days(age: int, step: int) -> None:
    assert warning_step(TODAY - timedelta(days=age), TODAY) == step


def test_a_number_is_trusted_on_day_90_and_not_on_day_91() -> None:
    assert not is_overdue(TODAY - timedelta(days=90), TODAY)
    assert is_overdue(TODAY - timedelta(days=91), TODAY)
    assert not is_overdue(None, TODAY)


def test_an_overdue_number_goes_while_another_is_trusted() -> None:
    assert last_ones([Number(91), Number(3)], LANGUAGES, TODAY) == []


def test_of_all_overdue_numbers_the_one_checked_last_stays() -> None:
    later = Number(91)
    assert last_ones([Number(200), later], LANGUAGES, TODAY) == [later]


def test_the_last_number_of_a_region_stays_though_the_country_has_another() -> None:
    regional = Number(120, region="UZ-QR")
    assert last_ones([regional, Number(1)], LANGUAGES, TODAY) == [regional]


def test_the_last_number_of_a_language_stays() -> None:
    russian = Number(120, languages=["ru"])
    assert last_ones([russian, Number(1, languages=["uz"])], LANGUAGES, TODAY) == [russian]


def test_only_checked_emergency_numbers_stay() -> None:
    assert last_ones([Number(120, is_emergency=False), Number(None)], LANGUAGES, TODAY) == []
