from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.utils import translation

from panoh.ground.accounts.public import Role, User
from panoh.learn.training import services
from panoh.learn.training.models import Programme, TrainingEvent

FIRST, LAST = date(2026, 10, 5), date(2026, 10, 6)


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    """Refusals are read in the language of the source."""
    with translation.override("en"):
        yield


@pytest.fixture
def coordinator(person: Callable[..., User]) -> User:
    return person(Role.TRAINING_COORDINATOR, name="Malika")


@pytest.fixture
def programme(coordinator: User) -> Programme:
    names = {"uz": "Xavfsiz internet", "ru": "Безопасный интернет", "en": "Safe internet"}
    return services.make_programme(
        "safe-internet", names=names, starts_on=date(2026, 9, 1), ends_on=date(2027, 6, 30), by=coordinator
    )


@pytest.fixture
def event(programme: Programme, coordinator: User) -> TrainingEvent:
    """Two days in Fergana, three half days."""
    return services.make_event(
        programme,
        kind="tot",
        title="Fargʻona trenerlari",
        region="UZ-FA",
        starts_on=FIRST,
        ends_on=LAST,
        halves=[(FIRST, "am"), (FIRST, "pm"), (LAST, "am")],
        language="uz",
        by=coordinator,
    )
