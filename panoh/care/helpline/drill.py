"""Practice talks: a scripted child, what a good counsellor asks, and how a talk is scored. No Django here."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

WRITTEN = ("uz", "ru", "en", "kaa")
Fold = Callable[[str], str]
Turn = Callable[[str, str], str]


class ScenarioError(ValueError):
    """A scenario of ``centre/drills/`` that cannot be played; one fault a line."""


@dataclass(frozen=True)
class Beat:
    """What the counsellor may say, and what the child answers to it. ``needed`` or ``harm``, or neither."""

    code: str
    names: Mapping[str, str]
    hears: Mapping[str, tuple[str, ...]]
    says: Mapping[str, tuple[str, ...]]
    needed: bool = False
    harm: bool = False


@dataclass(frozen=True)
class Scenario:
    """One synthetic child. Texts by written language; a derived script is turned when it is read."""

    code: str
    version: str
    urgency: int
    accept: tuple[int, ...]
    topic: str
    caller: str
    age_band: str
    names: Mapping[str, str]
    opening: Mapping[str, tuple[str, ...]]
    fallback: Mapping[str, tuple[str, ...]]
    beats: tuple[Beat, ...]

    @classmethod
    def from_data(cls, data: Mapping[str, Any], shared: Mapping[str, Any]) -> "Scenario":
        """Reads one file of ``centre/drills/``; ``shared`` is its ``beats.toml``. Raises ``ScenarioError``."""
        harms = [{"code": code, "harm": True, "says": shared["harm"].get(code, {})} for code in data.get("harm", ())]
        known = shared.get("beat", {})
        beats = tuple(_beat({**known.get(row.get("code", ""), {}), **row}) for row in [*data.get("beat", ()), *harms])
        scenario = cls(
            code=str(data.get("code", "")),
            version=str(data.get("version", "")),
            urgency=int(data.get("urgency", 0)),
            accept=tuple(data.get("accept", ())),
            topic=str(data.get("topic", "")),
            caller=str(data.get("caller", "")),
            age_band=str(data.get("age_band", "")),
            names=dict(data.get("names", {})),
            opening=_lines(data.get("opening", {})),
            fallback=_lines(data.get("fallback", shared.get("fallback", {}))),
            beats=beats,
        )
        if said := list(scenario.faults()):
            raise ScenarioError("\n".join(f"{scenario.code}: {fault}" for fault in said))
        return scenario

    def faults(self) -> Iterator[str]:
        if not self.code or not self.version:
            yield "no code or no version"
        if self.urgency not in (1, 2, 3, 4) or self.urgency not in self.accept:
            yield "the urgency is not 1 to 4, or not among those accepted"
        if sum(beat.needed for beat in self.beats) < 3:
            yield "fewer than three things a good counsellor asks or says"
        codes = [beat.code for beat in self.beats]
        if len(set(codes)) < len(codes):
            yield "a beat stands twice"
        for name, texts in self._texts():
            missing = [language for language in WRITTEN if not texts.get(language)]
            if missing:
                yield f"{name}: nothing in {', '.join(missing)}"

    def _texts(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        yield from (("names", self.names), ("opening", self.opening), ("fallback", self.fallback))
        for beat in self.beats:
            yield from ((f"{beat.code} names", beat.names), (f"{beat.code} hears", beat.hears))
            yield f"{beat.code} says", beat.says

    @property
    def needed(self) -> list[Beat]:
        return [beat for beat in self.beats if beat.needed]


def _lines(table: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {str(language): tuple(lines) for language, lines in table.items()}


def _beat(row: Mapping[str, Any]) -> Beat:
    return Beat(
        code=str(row.get("code", "")),
        names=dict(row.get("names", {})),
        hears=_lines(row.get("hears", {})),
        says=_lines(row.get("says", {})),
        needed=bool(row.get("needed", False)),
        harm=bool(row.get("harm", False)),
    )


def written(language: str) -> str:
    """The language whose texts are kept: Uzbek Cyrillic is read from Latin."""
    return language.removesuffix("-cyrl")


def heard(scenario: Scenario, text: str, fold: Fold) -> list[Beat]:
    """The beats that the counsellor's words touch, in any of our languages and scripts."""
    said = f" {fold(text)}"
    return [
        beat
        for beat in scenario.beats
        if any(f" {fold(start)}" in said for starts in beat.hears.values() for start in starts)
    ]


def answers(
    scenario: Scenario, text: str, *, touched: Iterable[str], unheard: int, language: str, fold: Fold
) -> tuple[list[Beat], list[str]]:
    """What the child says next: the answers to every beat touched for the first time, else a fallback in its turn.

    ``unheard`` is how many of the counsellor's words were not understood so far.
    """
    before = set(touched)
    new = [beat for beat in heard(scenario, text, fold) if beat.code not in before]
    if new:
        return new, [line for beat in new for line in beat.says[written(language)]]
    spare = scenario.fallback[written(language)]
    return [], [spare[unheard % len(spare)]]


@dataclass(frozen=True)
class Score:
    """Points of 100: 20 for time, 50 for what a good counsellor asks, 20 for urgency, 10 for doing no harm."""

    time: int
    asked: int
    urgency: int
    care: int

    @property
    def total(self) -> int:
        return self.time + self.asked + self.urgency + self.care


def score(
    scenario: Scenario, *, waited: float | None, promise: float, touched: Iterable[str], urgency: int | None
) -> Score:
    """``waited`` and ``promise`` in seconds from arrival to the first words; None when there were none.

    Late costs in proportion, nothing is left at twice the promise. Too low an urgency gets no points, an accepted
    one twelve, the right one twenty, too high a one eight: raising in doubt is the smaller mistake.
    """
    said = set(touched)
    needed = scenario.needed
    asked = round(50 * sum(beat.code in said for beat in needed) / len(needed))
    harm = any(beat.harm and beat.code in said for beat in scenario.beats)
    spoke = waited is not None
    return Score(_on_time(waited, promise), asked, _urgency_points(scenario, urgency), 10 if spoke and not harm else 0)


def _on_time(waited: float | None, promise: float) -> int:
    if waited is None:
        return 0
    late = max(0.0, waited - promise) / promise
    return round(20 * max(0.0, 1 - late))


def _urgency_points(scenario: Scenario, chosen: int | None) -> int:
    if chosen == scenario.urgency:
        return 20
    if chosen in scenario.accept:
        return 12
    return 8 if chosen is not None and chosen < scenario.urgency else 0


def synthetic_children(
    scenarios: Iterable[Scenario], *, language: str, seed: int
) -> Iterator[tuple[Scenario, list[str]]]:
    """Without end: a scenario and the words its child writes, in an order that ``seed`` gives. Feeds the load tests."""
    chance = random.Random(seed)  # noqa: S311 - play, not secrets
    known = list(scenarios)
    while True:
        scenario = chance.choice(known)
        beats = chance.sample(scenario.beats, k=len(scenario.beats))
        lines = [*scenario.opening[written(language)]]
        lines += [line for beat in beats if not beat.harm for line in beat.says[written(language)]]
        yield scenario, lines
