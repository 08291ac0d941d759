from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from panoh.ground.accounts.public import User

from ..models import NumberToCall, Organisation, Service

NumberMaker = Callable[..., NumberToCall]
OrganisationMaker = Callable[..., Organisation]


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


@pytest.fixture
def organisation(supervisor: User) -> OrganisationMaker:
    """Makes one asked ``age`` days ago, or never, with a line for each of ``services``."""

    def make(
        code: str = "inson", *, age: int | None = None, services: tuple[str, ...] = (), **fields: object
    ) -> Organisation:
        check: dict[str, object] = {}
        if age is not None:
            check = {"verified_on": timezone.localdate() - timedelta(days=age), "verified_by": supervisor}
        names = {"uz": f"Tashkilot {code}", "ru": f"Организация {code}", "en": code, "kaa": code}
        facts: dict[str, object] = {"names": names, "kind": "social", **fields}
        made = Organisation.objects.create(code=code, **check, **facts)
        Service.objects.bulk_create(Service(organisation=made, code=service, **check) for service in services)
        return made

    return make
