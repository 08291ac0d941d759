"""``permissions.csv`` is the whole truth about who may: every route, asked by everybody, answers as its row says.

``ok``: the door was open (a page, a redirect, a form that is asked again). ``login``: sent to the sign-in. ``401``,
``403`` and ``404`` as they are. ``shut``: the door has no such side (405) or is closed to everybody. ``thing`` is whose
talk, call, person the address names: one's ``own``, an ``other``'s, an ``absent`` one; ``-`` where it names none.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from panoh.care.helpline.models import Talk
from tests.routes import every_route
from tests.world import COLUMNS, World, build, in_talk

TABLE = Path(__file__).with_name("permissions.csv")
ROUTES = {route.name: route for route in every_route()}
Row = dict[str, str]


def rows() -> list[Row]:
    with open(TABLE, newline="") as file:
        return list(csv.DictReader(file))


def room_of(row: Row) -> str:
    """The namespace of its route; "" for the doors of the whole house."""
    return row["route"].rpartition(":")[0]


def expected_keys() -> set[tuple[str, str]]:
    return {(name, side) for name, route in ROUTES.items() for side in route.sides}


def test_every_route_has_its_rows_and_every_row_its_route() -> None:
    listed = [(row["route"], row["thing"]) for row in rows()]
    assert len(listed) == len(set(listed))
    assert set(listed) == expected_keys()


def test_exactly_the_open_doors_ask_nobody_to_sign_in() -> None:
    asks_nobody = {row["route"] for row in rows() if row["anonymous"] != "login"}
    assert asks_nobody == {name for name, route in ROUTES.items() if route.is_open}


@pytest.fixture
def world(db: None) -> Iterator[World]:
    with translation.override("uz"):
        yield build()


@pytest.mark.once
@pytest.mark.parametrize("room", sorted({room_of(row) for row in rows()}))
def test_every_door_answers_everybody_as_the_table_says(world: World, room: str) -> None:
    browsers = {column: Client(raise_request_exception=False) for column in COLUMNS}
    for column, user in world.people.items():
        browsers[column].force_login(user)
    wrong = []
    for row in (row for row in rows() if room_of(row) == room):
        answers = {column: ask(world, browsers[column], column, row) for column in COLUMNS}
        wrong += [
            f"{row['route']} ({row['method']}, {row['thing']}) for {column}: {answers[column]}, not {row[column]}"
            for column in COLUMNS
            if answers[column] != row[column]
        ]
    assert not wrong, "\n".join(wrong)


def ask(world: World, browser: Client, column: str, row: Row) -> str:
    """One request; whatever it did is undone."""
    route, side = ROUTES[row["route"]], row["thing"]
    things = world.things(column, side)
    kwargs = route.absent() if side == "absent" else route.address(things)
    browser.cookies.pop("talk", None)
    with transaction.atomic(), transaction.atomic(using="keys"), translation.override("uz"):
        if side == "own" and row["route"].startswith("talk:"):
            in_talk(browser, Talk.objects.get(conversation__reference=world.other["talk"]))
        address = reverse(row["route"], kwargs=kwargs)
        session = browser.cookies["desk"].value if "desk" in browser.cookies else ""
        answer = browser.get(address) if row["method"] == "GET" else browser.post(address)
        browser.cookies["desk"] = session
        transaction.set_rollback(True)
        transaction.set_rollback(True, using="keys")
    return meaning(answer)


def meaning(answer: Any) -> str:
    status = answer.status_code
    if status == 302 and answer["Location"].startswith("/accounts/login/?next="):
        return "login"
    if status in {405, 503}:
        return "shut"
    if status in {401, 403, 404}:
        return str(status)
    return "ok" if status < 500 else str(status)
