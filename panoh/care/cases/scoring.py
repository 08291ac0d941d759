"""A tool that turns answers into points and a level of risk, read from data and proved before it is used. Pure.

Points are whole numbers; the level is the highest whose threshold the sum reaches, never below what single answers
ask for (``at_least``). The order of levels is low, medium, high.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

LEVELS = ("low", "medium", "high")
WRITTEN = ("uz", "ru", "en", "kaa")

Names = Mapping[str, str]


class ToolError(ValueError):
    """A tool contradicts itself; the message names every fault, one a line."""


@dataclass(frozen=True)
class Option:
    code: str
    points: int
    at_least: str
    names: Names


@dataclass(frozen=True)
class Item:
    code: str
    names: Names
    options: Mapping[str, Option]


@dataclass(frozen=True)
class Score:
    """``raised_by``: items whose answer alone asked for the level. ``missing``: items without an answer."""

    points: int
    risk: str
    raised_by: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Tool:
    """One version of one tool."""

    code: str
    version: str
    names: Names
    items: Mapping[str, Item]
    thresholds: Mapping[str, int]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> "Tool":
        """Reads a file of ``centre/assessment/``. Raises ``ToolError``."""
        if said := faults(data):
            raise ToolError("\n".join(said))
        scales = {str(row["code"]): row["option"] for row in data["scale"]}
        items = {str(row["code"]): _item(row, scales[row["scale"]]) for row in data["item"]}
        levels = {level: int(data["thresholds"][level]) for level in LEVELS}
        return cls(str(data["code"]), str(data["version"]), _names(data), items, levels)

    def score(self, answers: Mapping[str, str]) -> Score:
        """What the answers come to. Raises ``ToolError`` for an answer this version does not know."""
        self._refuse_unknown(answers)
        chosen = [(code, item.options[answers[code]]) for code, item in self.items.items() if answers.get(code)]
        points = sum(option.points for _, option in chosen)
        by_points = max((level for level in LEVELS if points >= self.thresholds[level]), key=LEVELS.index)
        risk = max([by_points, *(o.at_least for _, o in chosen if o.at_least)], key=LEVELS.index)
        raised = tuple(code for code, option in chosen if option.at_least == risk)
        missing = tuple(code for code in self.items if not answers.get(code))
        return Score(points, risk, raised, missing)

    def _refuse_unknown(self, answers: Mapping[str, str]) -> None:
        strange = [
            code for code, given in answers.items()
            if code not in self.items or (given and given not in self.items[code].options)
        ]  # fmt: skip
        if strange:
            raise ToolError("unknown answers: " + ", ".join(sorted(strange)))

    @property
    def most(self) -> int:
        """The highest sum of points there can be."""
        return sum(max(option.points for option in item.options.values()) for item in self.items.values())


def newest(tools: Iterable[Tool]) -> dict[str, Tool]:
    """The present version of each tool; the earlier ones stay to read what was answered then."""
    found: dict[str, Tool] = {}
    for tool in tools:
        if tool.code not in found or _order(tool.version) > _order(found[tool.code].version):
            found[tool.code] = tool
    return found


def _order(version: str) -> tuple[int, ...]:
    """``2026-10`` comes after ``2026-9``."""
    return tuple(int(part) for part in version.split("-"))


def _names(row: Mapping[str, Any]) -> Names:
    return {language: str(row[language]) for language in WRITTEN}


def _item(row: Mapping[str, Any], scale: Iterable[Mapping[str, Any]]) -> Item:
    floors = row.get("at_least", {})
    options = {
        code: Option(code, int(row["points"][code]), floors.get(code, ""), _names(one))
        for one in scale
        if (code := str(one["code"]))
    }
    return Item(str(row["code"]), _names(row), options)


def faults(data: Mapping[str, Any]) -> list[str]:
    """What is wrong with a tool, one sentence each; an empty list is a sound tool."""
    return [*_head_faults(data), *_scale_faults(data), *_item_faults(data)]


def _head_faults(data: Mapping[str, Any]) -> Iterator[str]:
    version = str(data.get("version", ""))
    if not version or not all(part.isdigit() for part in version.split("-")):
        yield "the version is not a row of numbers like 2026-1"
    if not data.get("code"):
        yield "no code"
    yield from _unnamed("the tool", data)
    told = data.get("thresholds", {})
    if set(told) != set(LEVELS) or told.get("low") != 0 or not told["low"] < told["medium"] < told["high"]:
        yield "the thresholds are not low = 0 < medium < high"


def _scale_faults(data: Mapping[str, Any]) -> Iterator[str]:
    for scale in data.get("scale", ()):
        codes = [one.get("code") for one in scale.get("option", ())]
        if len(codes) < 2 or len(set(codes)) < len(codes):
            yield f"the scale {scale.get('code')} needs two different options"
        for one in scale.get("option", ()):
            yield from _unnamed(f"{scale.get('code')}.{one.get('code')}", one)


def _item_faults(data: Mapping[str, Any]) -> Iterator[str]:
    scales = {row.get("code"): {one.get("code") for one in row.get("option", ())} for row in data.get("scale", ())}
    items, seen, most = list(data.get("item", ())), set(), 0
    if not items:
        yield "no items"
    for row in items:
        code, points = row.get("code"), row.get("points", {})
        if code in seen:
            yield f"{code} stands twice"
        seen.add(code)
        yield from _unnamed(str(code), row)
        if row.get("scale") not in scales or set(points) != scales.get(row.get("scale")):
            yield f"{code}: its points are not those of its scale"
        if any(not isinstance(worth, int) or worth < 0 for worth in points.values()):
            yield f"{code}: points are whole and not below nothing"
            continue
        if set(row.get("at_least", {}).values()) - set(LEVELS) or set(row.get("at_least", {})) - set(points):
            yield f"{code}: at_least names no level or no option"
        most += max(points.values(), default=0)
    if items and most < data.get("thresholds", {}).get("high", 0):
        yield "no answers reach the level high"


def _unnamed(what: str, row: Mapping[str, Any]) -> Iterator[str]:
    missing = [language for language in WRITTEN if not str(row.get(language, "")).strip()]
    if missing:
        yield f"{what}: no words in {', '.join(missing)}"
