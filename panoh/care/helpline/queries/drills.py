"""Practice talks as they are shown: one's own queue, one talk, the sheet for the debrief."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.shortcuts import get_object_or_404
from django.utils import timezone

from panoh.ground.accounts.public import User
from panoh.ground.vault import public as vault

from .. import policy, rules
from ..drill import Beat, Scenario, written
from ..models import Drill

SHOWN = 50


def where_line(drill_id: UUID, seq: int) -> str:
    return f"helpline.drill:{drill_id}:{seq}"


def where_note(drill_id: UUID) -> str:
    return f"helpline.drill_note:{drill_id}"


@dataclass(frozen=True, slots=True)
class DrillRow:
    """One practice talk in a list. ``waited``: share of the promised time that has passed, 0 to 1 and above."""

    drill: Drill
    name: str
    waited: float
    late: bool

    @property
    def total(self) -> int:
        return sum((self.drill.points or {}).values())


@dataclass(frozen=True, slots=True)
class Said:
    is_child: bool
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a debrief looks at: every point with the beats that made it."""

    drill: Drill
    name: str
    scenario: Scenario | None
    lines: list[Said]
    asked: list[tuple[str, bool]]
    harmed: list[str]
    seconds: int | None
    note: str

    @property
    def total(self) -> int:
        return sum((self.drill.points or {}).values())


def drill_for(user: User, reference: str) -> Drill:
    """The one gate to a practice talk: a hidden one and a missing one look the same."""
    visible = policy.visible_drills(user).select_related("trainee", "set_by", "debriefed_by")
    return get_object_or_404(visible, reference=reference)


def drill_queue(user: User, language: str) -> list[DrillRow]:
    """Synthetic children who wait for this person or talk with them, those who waited longest first."""
    rows = Drill.objects.filter(trainee=user, ended_at=None, arrives_at__lte=timezone.now()).order_by("arrives_at")
    return [_row(drill, language) for drill in rows[:SHOWN]]


def drills_to_come(user: User) -> int:
    return Drill.objects.filter(trainee=user, ended_at=None, arrives_at__gt=timezone.now()).count()


def finished_drills(user: User, language: str) -> list[DrillRow]:
    """The newest that ended: one's own, for a supervisor everybody's."""
    rows = policy.visible_drills(user).filter(ended_at__isnull=False).select_related("trainee").order_by("-ended_at")
    return [_row(drill, language) for drill in rows[:SHOWN]]


def scenario_names(language: str) -> list[tuple[str, str]]:
    """Code and name of every scenario, in the order of their names."""
    named = [(code, name_of(scenario.names, language)) for code, scenario in rules.scenarios().items()]
    return sorted(named, key=lambda pair: pair[1])


def name_of(names: object, language: str) -> str:
    texts = dict(names) if isinstance(names, dict) else {}
    return rules.in_script(texts.get(written(language), texts.get("en", "")), language)


def _row(drill: Drill, language: str) -> DrillRow:
    scenario = rules.scenarios().get(drill.scenario)
    promise = rules.promise(scenario.urgency).reply if scenario else 60
    until = drill.first_reply_at or drill.ended_at or timezone.now()
    waited = (until - drill.arrives_at).total_seconds() / promise
    hidden = drill.accepted_at is None
    name = "" if hidden or scenario is None else name_of(scenario.names, language)
    return DrillRow(drill, name, max(0.0, waited), waited > 1)


def drill_lines(drill: Drill) -> list[Said]:
    return [
        Said(row.is_child, vault.unseal(drill.data_key, row.body, where=where_line(drill.pk, row.seq)), row.at)
        for row in drill.lines.order_by("seq")
    ]


def drill_sheet(drill: Drill, language: str) -> Sheet:
    scenario = rules.scenarios().get(drill.scenario)
    touched = set(drill.touched)

    def named(beats: list[Beat]) -> list[tuple[str, bool]]:
        return [(name_of(beat.names, language), beat.code in touched) for beat in beats]

    return Sheet(
        drill=drill,
        name=name_of(scenario.names, language) if scenario else drill.scenario,
        scenario=scenario,
        lines=drill_lines(drill),
        asked=named(scenario.needed) if scenario else [],
        harmed=[name for name, was in named(_harms(scenario)) if was],
        seconds=int((drill.first_reply_at - drill.arrives_at).total_seconds()) if drill.first_reply_at else None,
        note=vault.unseal(drill.data_key, drill.note, where=where_note(drill.pk)) if drill.note else "",
    )


def _harms(scenario: Scenario | None) -> list[Beat]:
    return [beat for beat in scenario.beats if beat.harm] if scenario else []
