"""What a result says besides passed or not: by topic, what to read again, before and after. Pure of Django."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

from . import scoring

STRONG, FAIR = 85, 60  # percent of a topic: well known; known in part; below: to be learned


class Scored(NamedTuple):
    module: str
    topic: str
    credit: Fraction


@dataclass(frozen=True)
class TopicResult:
    module: str
    topic: str
    asked: int
    right: int
    percent: int

    @property
    def level(self) -> str:
        """``strong``, ``fair`` or ``weak``: which words of feedback stand beside it."""
        return "strong" if self.percent >= STRONG else "fair" if self.percent >= FAIR else "weak"


def by_topic(scored: Iterable[Scored]) -> list[TopicResult]:
    """In the order in which modules and topics come first; with few questions a topic's percent is a hint, no more."""
    held: dict[tuple[str, str], list[Fraction]] = defaultdict(list)
    for one in scored:
        held[one.module, one.topic].append(one.credit)
    return [
        TopicResult(module, topic, len(credits), sum(credit == 1 for credit in credits), scoring.percent(credits))
        for (module, topic), credits in held.items()
    ]


def to_reread(
    topics: Iterable[TopicResult], lessons: Mapping[str, Sequence[tuple[str, Sequence[str]]]]
) -> list[tuple[str, str]]:
    """(module, lesson) to read again, each once: of every topic that is not strong the lessons that practise it.

    ``lessons``: module → its lessons in order, each with the topics of its practice questions. Where no lesson
    practises a topic, the whole module is named.
    """
    found: dict[tuple[str, str], None] = {}
    for topic in topics:
        if topic.level == "strong":
            continue
        of_module = lessons.get(topic.module, ())
        near = [code for code, practised in of_module if topic.topic in practised] or [code for code, _ in of_module]
        found |= {(topic.module, code): None for code in near}
    order = {(module, code): place for module, of in lessons.items() for place, (code, _) in enumerate(of)}
    modules = {module: place for place, module in enumerate(lessons)}
    return sorted(found, key=lambda key: (modules.get(key[0], 0), order.get(key, 0)))


@dataclass(frozen=True)
class Gain:
    """A module before and after. ``share`` is Hake's normalised gain: how much of what was missing was learned
    (R. R. Hake, "Interactive-engagement versus traditional methods", American Journal of Physics 66, 1998, 64-74);
    None where nothing was missing or one of the two tests is."""

    module: str
    before: int | None
    after: int | None

    @property
    def points(self) -> int | None:
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def share(self) -> Fraction | None:
        if self.before is None or self.after is None or self.before >= 100:
            return None
        return Fraction(self.after - self.before, 100 - self.before)


def gains(modules: Sequence[str], before: Mapping[str, int], after: Mapping[str, Sequence[int]]) -> list[Gain]:
    """``after`` holds every attempt's percent; the best counts. A module with neither test is left out."""
    rows = [Gain(module, before.get(module), max(after.get(module, ()), default=None)) for module in modules]
    return [row for row in rows if row.before is not None or row.after is not None]


# --- the rules of a course's tests --------------------------------------------------------------------------------

KINDS = ("pre_test", "post_test", "final_test")
COUNTS = {"pre_test": "before", "post_test": "after", "final_test": "final"}
GRACE = 5  # minutes after a deadline, unless the course says otherwise
PASS_MARK = 70


def policy_of(tests: Mapping[str, Any], kind: str) -> dict[str, int]:
    """What holds for a test of this kind, to be frozen with its attempt; ``[tests]`` of ``course.toml`` says it.

    A pre-test is sat once and neither passed nor failed; the cap and the cooling-off are of the others. The cap
    (``attempts``) counts the attempts of the final, and of each post-test on its own.
    """
    is_before = kind == "pre_test"
    return {
        "questions": int(tests.get(COUNTS[kind], 0)),
        "pass_mark": 0 if is_before else int(tests.get("pass_mark", PASS_MARK)),
        "attempts": 1 if is_before else int(tests.get("attempts", 0)),
        "cooling_off_hours": 0 if is_before else int(tests.get("cooling_off_hours", 0)),
        "time_limit_minutes": 0 if is_before else int(tests.get("time_limit_minutes", 0)),
        "grace_minutes": int(tests.get("grace_minutes", GRACE)),
    }
