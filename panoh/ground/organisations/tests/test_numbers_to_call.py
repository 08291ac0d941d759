import pytest
from pytest_django import Settings

from ..public import has_verified_emergency_number, load_numbers, numbers_to_call
from .conftest import NumberMaker

pytestmark = pytest.mark.django_db


def called(language: str = "uz", region: str = "") -> list[str]:
    return [shown.number for shown in numbers_to_call(language, region)]


def test_a_number_nobody_checked_is_an_example_in_the_demo_centre(number: NumberMaker) -> None:
    number("102")
    assert [shown.is_example for shown in numbers_to_call("uz")] == [True]
    assert not has_verified_emergency_number()


def test_a_number_nobody_checked_is_hidden_in_production(number: NumberMaker, settings: Settings) -> None:
    settings.PRODUCTION = True
    number("102")
    number("103", age=1)
    assert called() == ["103"]


def test_an_overdue_number_is_hidden_while_there_is_another(number: NumberMaker) -> None:
    number("102", age=91)
    number("103", age=1)
    assert called() == ["103"]


def test_the_last_emergency_number_stays_and_says_when_it_was_checked(number: NumberMaker) -> None:
    old = number("102", age=200)
    number("1146", age=200, is_emergency=False)
    (shown,) = numbers_to_call("ru")
    assert (shown.number, shown.is_overdue, shown.last_checked_on) == ("102", True, old.verified_on)
    assert has_verified_emergency_number()


def test_each_region_and_language_sees_its_own(number: NumberMaker) -> None:
    number("102", age=1)
    number("61-1", age=1, region="UZ-QR", position=200)
    number("55", age=1, languages=["ru"], position=300)
    assert called("uz") == ["102"]
    assert called("uz", "UZ-QR") == ["102", "61-1"]
    assert called("ru") == ["102", "55"]


def test_cyrillic_uzbek_is_derived_and_spoken_where_uzbek_is(number: NumberMaker) -> None:
    number("102", age=1, languages=["uz"])
    assert [shown.name for shown in numbers_to_call("uz-cyrl")] == ["Ёрдам"]


def test_the_numbers_of_the_centre_load_once_and_all_unchecked() -> None:
    assert load_numbers() > 0
    assert load_numbers() == 0
    assert all(shown.is_example for shown in numbers_to_call("en"))
