from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from panoh.ground.accounts.public import User

from ..models import NumberToCall

NumberMaker = Callable[..., NumberToCall]


@pytest.fixture
def number(supervisor: User) -> NumberMaker:
    """Makes a number checked ``age`` days ago, or never: ``number("102", age=61)``."""

    def make(called: str = "102", age: int | None = None, **fields: object) -> NumberToCall:
        if age is not None:
            checked_on = timezone.localdate() - timedelta(days=age)
            fields |= {"verified_on": checked_on, "verified_by": supervisor, "evidence": "called"}
        facts: dict[str, object] = {"is_emergency": True, "names": {"uz": "Yordam", "ru": "Помощь"}, **fields}
        return NumberToCall.objects.create(code=f"n{called}", number=called, **facts)

    return make
