"""Ids swapped everywhere: a thing inside another one is found only through the one it belongs to.

The table of permissions asks for other people's things by their own address. Here the addresses lie: the outer thing is
one's own, the inner one is somebody else's, and the other way round. Nobody, whatever their role, gets anything.
"""

from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from tests.routes import Route, every_route
from tests.world import World, build

NESTED = [route for route in every_route() if len(set(route.arguments.values()) - {"", "position", "picture"}) > 1]
ASKING = ("counsellor", "supervisor", "caseworker", "hotline_analyst", "custodian", "administrator", "partner_officer")


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with translation.override("uz"):
        yield build()


def test_there_is_something_to_swap() -> None:
    assert len(NESTED) >= 20


def swapped(route: Route, mine: dict[str, Any], other: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every mix of mine and other's that is neither all mine nor all other's."""
    names = [name for name, thing in route.arguments.items() if thing]
    for sides in product((mine, other), repeat=len(names)):
        if len({id(side) for side in sides}) > 1:
            chosen = dict(zip(names, sides, strict=True))
            yield {name: chosen[name][route.arguments[name]] for name in names}


def test_no_inner_thing_is_reached_through_a_strange_outer_one(world: World) -> None:
    opened = []
    for column in ASKING:
        browser = Client(raise_request_exception=False)
        browser.force_login(world.people[column])
        mine = world.mine.get(column, world.mine["counsellor"])
        for route in NESTED:
            for kwargs in swapped(route, mine, world.other):
                if any(mine[t] == world.other[t] for t in route.arguments.values() if t):
                    continue
                opened += [f"{column} {route.name}" for answer in asked(browser, route, kwargs) if answer < 400]
    assert not opened, "\n".join(sorted(set(opened)))


def asked(browser: Client, route: Route, kwargs: dict[str, Any]) -> list[int]:
    """What GET and POST answer; whatever they did is undone. A door without that side answers 405."""
    address, found = reverse(route.name, kwargs=kwargs), []
    for ask in (browser.get, browser.post):
        with transaction.atomic(), transaction.atomic(using="keys"):
            found.append(ask(address).status_code)
            transaction.set_rollback(True)
            transaction.set_rollback(True, using="keys")
    return found
