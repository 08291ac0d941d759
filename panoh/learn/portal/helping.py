"""Which pages help least, said with care where few have answered. Pure arithmetic."""

from dataclasses import dataclass, field
from math import sqrt

FEW = 10  # below this many answers nothing is said but that they are few
FEW_OF_ONE = 5  # a reason chosen by fewer is not told apart
SURE = 1.96


@dataclass
class Helped:
    """What was said of one page in one language."""

    page: str
    language: str
    answers: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.answers.values())

    @property
    def is_few(self) -> bool:
        return self.total < FEW

    @property
    def share(self) -> int | None:
        """How many of a hundred it helped, a "partly" counted as half; None of few."""
        if self.is_few:
            return None
        return round(100 * (self.answers.get("yes", 0) + self.answers.get("partly", 0) / 2) / self.total)

    @property
    def told_reasons(self) -> dict[str, int]:
        return {code: n for code, n in self.reasons.items() if n >= FEW_OF_ONE}

    @property
    def fails(self) -> float:
        """The share it did not help, as far as one can be sure of it: three of four weighs less than 75 of 100."""
        if self.is_few:
            return -1.0
        failed = self.answers.get("no", 0) + self.answers.get("partly", 0) / 2
        return lower_bound(failed / self.total, self.total)


def lower_bound(share: float, n: int, z: float = SURE) -> float:
    """Wilson's lower bound of a share seen in ``n`` answers."""
    middle = share + z * z / (2 * n)
    spread = z * sqrt((share * (1 - share) + z * z / (4 * n)) / n)
    return (middle - spread) / (1 + z * z / n)


def least_first(rows: list[Helped]) -> list[Helped]:
    """Pages that help least; those with too few answers last."""
    return sorted(rows, key=lambda row: (-row.fails, row.page, row.language))
