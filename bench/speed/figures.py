"""One measured figure, and how a list of them reads with both databases side by side. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles

from .. import report

NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}


@dataclass(frozen=True)
class Figure:
    """``baseline``: measured in the same run, ``of`` says what; ``most`` or ``least``: the target, if there is one."""

    what: str
    value: float
    unit: str
    baseline: float | None = None
    of: str = ""
    most: float | None = None
    least: float | None = None

    @property
    def is_missed(self) -> bool:
        too_much = self.most is not None and self.value > self.most
        return too_much or (self.least is not None and self.value < self.least)

    @property
    def target(self) -> str:
        if self.most is not None:
            return f"≤ {shown(self.most)} {self.unit}"
        return f"≥ {shown(self.least)} {self.unit}" if self.least is not None else ""

    @property
    def ratio(self) -> str:
        return shown(round(self.value / self.baseline, 2)) if self.baseline else ""


def shown(number: float) -> str:
    if number == int(number) and abs(number) < 1e6:
        return f"{int(number):,}"
    return f"{number:,.0f}" if abs(number) >= 100 else f"{number:.1f}" if abs(number) >= 10 else f"{number:.2f}"


def percentile(values: Sequence[float], part: int) -> float:
    """The ``part``-th hundredth of ``values``."""
    if len(values) < 2:
        return values[0] if values else float("nan")
    return quantiles(values, n=100, method="inclusive")[part - 1]


def side_by_side(lanes: dict[str, list[Figure]]) -> str:
    """A table of what every lane measured, its baselines and ratios, then a sentence for each missed target."""
    head = ["What"]
    for lane in lanes:
        head += [NAMES[lane], "baseline", "ratio"]
    head.append("Target")
    order = list(dict.fromkeys(figure.what for figures in lanes.values() for figure in figures))
    rows = []
    for what in order:
        found = {lane: next((one for one in figures if one.what == what), None) for lane, figures in lanes.items()}
        rows.append([what, *(cell for one in found.values() for cell in _cells(one)), _target(found.values())])
    return "\n\n".join(filter(None, [report.table(head, rows), _baselines(lanes), _missed(lanes)]))


def _cells(one: Figure | None) -> list[str]:
    if one is None:
        return ["", "", ""]
    baseline = f"{shown(one.baseline)}" if one.baseline is not None else ""
    return [f"{shown(one.value)} {one.unit}", baseline, one.ratio]


def _target(found: Iterable[Figure | None]) -> str:
    return next((one.target for one in found if one and one.target), "")


def _baselines(lanes: dict[str, list[Figure]]) -> str:
    said = dict.fromkeys(f"{one.what}: {one.of}" for figures in lanes.values() for one in figures if one.of)
    return "Baselines: " + "; ".join(said) + "." if said else ""


def _missed(lanes: dict[str, list[Figure]]) -> str:
    missed = [
        f"Missed on {NAMES[lane]}: {one.what} is {shown(one.value)} {one.unit}, the target is {one.target}."
        for lane, figures in lanes.items()
        for one in figures
        if one.is_missed
    ]
    return "\n".join(f"- {sentence}" for sentence in missed)
