"""A school looks at itself: points, strong and weak sides, the plan of a year, last year's file. Pure of Django."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

LEVELS = 4  # 0 to 3
HIGHEST = LEVELS - 1
IN_PLAN = 8
FILE = "panoh-school-review"
Answers = Mapping[str, int]


class Item(NamedTuple):
    """A statement; ``levels`` say what is true at each, from 0 to 3."""

    code: str
    area: str
    text: str
    levels: tuple[str, ...]
    month: int
    who: str


class Area(NamedTuple):
    code: str
    title: str
    items: tuple[Item, ...]


class Review(NamedTuple):
    """The statements in one language. ``words`` are the page's own sentences, ``months`` and ``people`` names."""

    edition: int
    areas: tuple[Area, ...]
    words: dict[str, str]
    months: dict[int, str]
    people: dict[str, str]

    @property
    def items(self) -> list[Item]:
        return [item for area in self.areas for item in area.items]


class Score(NamedTuple):
    area: Area
    points: int
    most: int


class Step(NamedTuple):
    """A line of the plan: where the school stands, and what comes next."""

    item: Item
    level: int
    now: str
    next: str


class Change(NamedTuple):
    """``by``: "better", "worse" or "same"."""

    area: Area
    before: int
    now: int
    most: int
    by: str


def read(folder: Path, language: str) -> Review:
    """The statements of a content folder. Raises ``KeyError`` or ``ValueError`` where a word is missing."""
    frame = tomllib.loads((folder / "portal" / "school-review.toml").read_text(encoding="utf-8"))
    said = tomllib.loads((folder / language / "school-review.toml").read_text(encoding="utf-8"))
    areas = tuple(_area(row, said) for row in frame["areas"])
    months = {int(number): name for number, name in said["months"].items()}
    words = {code: text for code, text in said.items() if isinstance(text, str)}
    return Review(int(frame["edition"]), areas, words, months, said["people"])


def _area(row: dict[str, Any], said: dict[str, Any]) -> Area:
    items = tuple(_item(one, row["code"], said["items"][one["code"]]) for one in row["items"])
    return Area(row["code"], said["areas"][row["code"]], items)


def _item(row: dict[str, Any], area: str, said: dict[str, Any]) -> Item:
    if len(said["levels"]) != LEVELS:
        raise ValueError(f"{row['code']} has not {LEVELS} levels")
    return Item(row["code"], area, said["text"], tuple(said["levels"]), int(row["month"]), row["who"])


# --- what the answers mean ------------------------------------------------------------------------------------------


def scores(review: Review, answers: Answers) -> list[Score]:
    """Points of each area; every statement must be answered."""
    return [
        Score(area, sum(answers[item.code] for item in area.items), HIGHEST * len(area.items)) for area in review.areas
    ]


def extremes(found: Iterable[Score]) -> tuple[list[Score], list[Score]]:
    """The strongest and the weakest areas; both empty where all are alike."""
    found = list(found)
    shares = {one.area.code: one.points / one.most for one in found}
    best, least = max(shares.values()), min(shares.values())
    if best == least:
        return [], []
    return (
        [one for one in found if shares[one.area.code] == best],
        [one for one in found if shares[one.area.code] == least],
    )


def plan(review: Review, answers: Answers) -> list[Step]:
    """The weakest statements with their next level, in the order of the school year; at most ``IN_PLAN``."""
    open_ones = [item for item in review.items if answers[item.code] < HIGHEST]
    chosen = sorted(open_ones, key=lambda item: answers[item.code])[:IN_PLAN]
    steps = [Step(item, level := answers[item.code], item.levels[level], item.levels[level + 1]) for item in chosen]
    return sorted(steps, key=lambda step: (step.item.month - 8) % 12)


def changes(review: Review, before: Answers, now: Answers) -> list[Change]:
    """Area by area, over the statements that both years answered."""
    found = []
    for area in review.areas:
        both = [item.code for item in area.items if item.code in before and item.code in now]
        was, is_now = sum(before[code] for code in both), sum(now[code] for code in both)
        by = "better" if is_now > was else "worse" if is_now < was else "same"
        found.append(Change(area, was, is_now, HIGHEST * len(both), by))
    return [one for one in found if one.most]


# --- the file that a school keeps -----------------------------------------------------------------------------------


def as_file(review: Review, answers: Answers, on: date) -> str:
    """What is kept until next year: answers and points; nothing tells which school it is."""
    kept = {
        "file": FILE,
        "edition": review.edition,
        "on": on.isoformat(),
        "answers": {item.code: answers[item.code] for item in review.items},
        "points": {one.area.code: one.points for one in scores(review, answers)},
    }
    return json.dumps(kept, ensure_ascii=False, indent=1) + "\n"


def from_file(data: bytes) -> tuple[int, dict[str, int]]:
    """The year and the answers of a file of ours. Raises ``ValueError`` for anything else."""
    try:
        kept = json.loads(data.decode("utf-8-sig"))
        year, answers = date.fromisoformat(kept["on"]).year, kept["answers"]
    except (UnicodeDecodeError, TypeError, KeyError, RecursionError) as fault:
        raise ValueError("no file of ours") from fault
    if kept.get("file") != FILE or not isinstance(answers, dict) or not all(map(_is_level, answers.values())):
        raise ValueError("no file of ours")
    return year, {str(code): level for code, level in answers.items()}


def _is_level(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= HIGHEST
