"""The life of a case, read from data and proved before it is used. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class WorkflowError(ValueError):
    """The file contradicts itself; the message names every fault, one a line."""


@dataclass(frozen=True)
class Workflow:
    """Which state may follow which, and where an ended case stands when it is reopened."""

    first: str
    last: frozenset[str]
    steps: Mapping[str, frozenset[str]]
    reopened: Mapping[str, str]

    @classmethod
    def from_data(cls, data: Mapping[str, Any], states: frozenset[str]) -> "Workflow":
        """Reads ``centre/case_workflow.toml``; ``states`` are those the room knows. Raises ``WorkflowError``."""
        rows = list(data.get("state", ()))
        flow = cls(
            str(data.get("first", "")),
            frozenset(data.get("last", ())),
            {str(row["code"]): frozenset(row.get("to", ())) for row in rows},
            {str(row["code"]): str(row["reopens_to"]) for row in rows if "reopens_to" in row},
        )
        said = flow.faults(states)
        if len(flow.steps) < len(rows):
            said.append("a state stands twice")
        if said:
            raise WorkflowError("\n".join(said))
        return flow

    def allows(self, before: str, after: str) -> bool:
        return after in self.steps.get(before, frozenset())

    def faults(self, states: frozenset[str]) -> list[str]:
        """Missing, unknown, unreachable and dead states, ends that go on, wrong ways back."""
        named = {self.first, *self.last, *self.steps, *self.reopened.values()}
        named |= {state for to in self.steps.values() for state in to}
        said = [f"{state!r} is not a state of a case" for state in sorted(named - states)]
        said += [f"{state} is not described" for state in sorted(states - self.steps.keys())]
        reached = _closure({self.first}, self.steps)
        said += [f"{state} is never reached" for state in self.steps if state not in reached]
        back = {state: frozenset(s for s, to in self.steps.items() if state in to) for state in self.steps}
        ending = _closure(set(self.last), back)
        said += [f"{state} is dead: no way leads from it to the end" for state in self.steps if state not in ending]
        said += [f"{state} is the end and goes on" for state in sorted(self.last) if self.steps.get(state)]
        for state, to in self.reopened.items():
            if state not in self.last or to in self.last:
                said.append(f"{state} cannot be reopened to {to}")
        return said


def _closure(start: set[str], steps: Mapping[str, frozenset[str]]) -> set[str]:
    found, todo = set(start), list(start)
    while todo:
        fresh = steps.get(todo.pop(), frozenset()) - found
        found |= fresh
        todo += fresh
    return found
