"""What answers say about a question: is it too easy, does it tell who knows, is its key wrong? Pure of Django.

*Difficulty* is the mean credit, from 0 (nobody) to 1 (everybody).
*Discrimination* is the correlation of the credit here with the mean credit of the rest of the paper: the item-rest, or
    corrected point-biserial, correlation (S. Henrysson, "Correction of item-total correlations in item analysis",
    Psychometrika 28, 1963, 211-218). The item itself is left out, because it correlates with itself. Read as R. L. Ebel
    and D. A. Frisbie do (Essentials of Educational Measurement, 5th ed. 1991): from 0.40 very good, 0.30 good, 0.20
    to be improved, below that poor.
*Exposure* is the share of the papers that could have held the question and did (J. B. Sympson, R. D. Hetter,
    "Controlling item-exposure rates in computerized adaptive testing", 1985).
*Distractors*: a wrong option that fewer than one in twenty chose does no work (T. M. Haladyna, S. M. Downing, "How many
    options is enough for a multiple-choice test item?", Educational and Psychological Measurement 53, 1993, 999-1010).
*The key is probably wrong* where those who know the rest do worse here than those who do not, beyond chance: the upper
    95 % limit of the discrimination (R. A. Fisher's z, "On the 'probable error' of a coefficient of correlation deduced
    from a small sample", Metron 1, 1921, 3-32) is below 0; or a wrong option beats the key: more people chose it, and
    the lower limit of *its* correlation with the rest is above 0.
"""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

ENOUGH = 30  # papers, before anything is said about a question
SEEN_OFTEN = 0.5
SELDOM = 0.05
EASY, HARD = 0.95, 0.25
POOR = 0.20
_Z95 = 1.959964


class Answer(NamedTuple):
    """One paper that held the question. ``rest`` is the mean credit of its other questions."""

    credit: float
    rest: float
    chosen: Collection[str] = ()  # codes of options, for the kinds that have them


@dataclass(frozen=True)
class Distractor:
    code: str
    times: int
    share: float
    discrimination: float | None
    is_right: bool

    @property
    def is_idle(self) -> bool:
        return not self.is_right and self.share < SELDOM


@dataclass(frozen=True)
class Statistics:
    times: int
    difficulty: float | None
    discrimination: float | None
    exposure: float | None
    options: tuple[Distractor, ...]
    key_is_doubtful: bool

    @property
    def flags(self) -> tuple[str, ...]:
        """What an editor should look at, by code; nothing before enough papers hold the question."""
        found = {
            "key": self.key_is_doubtful,
            "easy": _over(self.difficulty, EASY),
            "hard": _under(self.difficulty, HARD),
            "poor": _under(self.discrimination, POOR) and not self.key_is_doubtful,
            "idle": any(option.is_idle for option in self.options),
            "exposed": _over(self.exposure, SEEN_OFTEN),
        }
        return tuple(code for code, is_so in found.items() if is_so) if self.times >= ENOUGH else ()


def statistics(
    answers: Sequence[Answer], *, right: Collection[str] = (), options: Sequence[str] = (), could_hold: int = 0
) -> Statistics:
    """``right`` and ``options`` are codes; ``could_hold`` counts the papers drawn from a pool with this question."""
    credits, rests = [one.credit for one in answers], [one.rest for one in answers]
    held = _distractors(answers, right, options)
    discrimination = correlation(credits, rests)
    return Statistics(
        times=len(answers),
        difficulty=sum(credits) / len(credits) if credits else None,
        discrimination=discrimination,
        exposure=min(1.0, len(answers) / could_hold) if could_hold else None,
        options=held,
        key_is_doubtful=_key_is_doubtful(discrimination, held, len(answers)),
    )


def _distractors(answers: Sequence[Answer], right: Collection[str], options: Iterable[str]) -> tuple[Distractor, ...]:
    times = Counter(code for one in answers for code in set(one.chosen))
    rests = [one.rest for one in answers]
    return tuple(
        Distractor(
            code=code,
            times=times[code],
            share=times[code] / len(answers) if answers else 0.0,
            discrimination=correlation([float(code in one.chosen) for one in answers], rests),
            is_right=code in right,
        )
        for code in options
    )


def _key_is_doubtful(discrimination: float | None, options: Sequence[Distractor], times: int) -> bool:
    if times < ENOUGH:
        return False
    if discrimination is not None and limits(discrimination, times)[1] < 0:
        return True
    keys = [option for option in options if option.is_right]
    return len(keys) == 1 and any(
        option.times > keys[0].times
        and option.discrimination is not None
        and limits(option.discrimination, times)[0] > 0
        for option in options
        if not option.is_right
    )


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Pearson's; None where one of them does not vary, or there are fewer than three."""
    count = len(xs)
    if count < 3 or count != len(ys) or min(xs) == max(xs) or min(ys) == max(ys):
        return None
    mean_x, mean_y = math.fsum(xs) / count, math.fsum(ys) / count
    over_x, over_y = [x - mean_x for x in xs], [y - mean_y for y in ys]
    spread = math.sqrt(_product(over_x, over_x)) * math.sqrt(_product(over_y, over_y))
    return max(-1.0, min(1.0, _product(over_x, over_y) / spread)) if spread else None


def _product(xs: Sequence[float], ys: Sequence[float]) -> float:
    return math.fsum(x * y for x, y in zip(xs, ys, strict=True))


def limits(r: float, count: int) -> tuple[float, float]:
    """The 95 % limits of a correlation by Fisher's z."""
    if count <= 3 or abs(r) >= 1:
        return (-1.0, 1.0) if count <= 3 else (r, r)
    z, reach = math.atanh(r), _Z95 / math.sqrt(count - 3)
    return math.tanh(z - reach), math.tanh(z + reach)


def _over(value: float | None, line: float) -> bool:
    return value is not None and value > line


def _under(value: float | None, line: float) -> bool:
    return value is not None and value < line
