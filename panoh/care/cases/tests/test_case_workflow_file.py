"""The life of a case is data: proved before it is used."""

import copy
from typing import Any

import pytest

from panoh.care.cases import rules
from panoh.care.cases.models import CaseStatus
from panoh.care.cases.workflow import Workflow, WorkflowError
from panoh.ground.common.centre import centre_file

STATES = frozenset(CaseStatus.values)


def data() -> dict[str, Any]:
    return copy.deepcopy(centre_file("case_workflow.toml"))


def state(file: dict[str, Any], code: str) -> dict[str, Any]:
    row: dict[str, Any] = next(row for row in file["state"] if row["code"] == code)
    return row


def said(file: dict[str, Any]) -> str:
    with pytest.raises(WorkflowError) as told:
        Workflow.from_data(file, STATES)
    return str(told.value)


def test_the_file_of_this_centre_is_sound() -> None:
    flow = rules.workflow()
    assert flow.allows("new", "assessment")
    assert flow.allows("plan", "in_service")
    assert not flow.allows("new", "in_service")
    assert flow.reopened == {"closed": "assessment", "transferred": "assessment"}


def test_a_dead_state_is_named() -> None:
    file = data()
    state(file, "in_service")["to"] = []
    assert "in_service is dead" in said(file)


def test_a_state_nobody_reaches_is_named() -> None:
    file = data()
    state(file, "plan")["to"].remove("in_service")
    assert "in_service is never reached" in said(file)


def test_an_end_that_goes_on_and_a_wrong_way_back_are_named() -> None:
    file = data()
    state(file, "closed")["to"] = ["plan"]
    state(file, "duplicate")["reopens_to"] = "closed"
    assert "closed is the end and goes on" in said(file)
    assert "duplicate cannot be reopened to closed" in said(file)


def test_a_state_the_room_does_not_know_and_one_it_misses_are_named() -> None:
    file = data()
    state(file, "plan")["code"] = "planing"
    assert "'planing' is not a state of a case" in said(file)
    assert "plan is not described" in said(file)
