"""What can be wrong with a lesson: a code and what is told with it. Pure of Django; the sentences wait for gettext."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


def _(text: str) -> str:
    return text


SENTENCES = {
    "no_title": _("title is missing"),
    "no_summary": _("summary is missing"),
    "minutes": _("minutes is a whole number from 1 to 120"),
    "no_sources": _("sources are missing"),
    "half_review": _("a review has a name and a day, or neither"),
    "how_many": _("a lesson has {fewest} to {most} steps, this one {n}"),
    "before": _("words stand before the first heading"),
    "stray": _("“{words}” says nothing of a step"),
    "no_kind": _("there is no kind {kind}"),
    "no_heading": _("a step has a heading"),
    "no_target": _("{kind} names a target: the question or the file it shows"),
    "target": _("{kind} has no target"),
    "empty": _("the step says nothing"),
    "not_here": _("{kind} has no {name}"),
    "needs": _("{kind} needs {name}: some cannot see it, or hear it, or load it"),
    "strange_file": _("“{words}” must be a file name in small letters without spaces that ends in {endings}"),
    "no_file": _("there is no file {words}"),
    "other_inside": _("{words} is no {ending} file inside"),
    "heavy": _("{words} is larger than {most} KB: many open this on a slow line"),
    "no_practice": _("{words} is no practice question of this module"),
    "mixed": _("“{words}” mixes Latin and Cyrillic letters"),
    "straight": _("“{words}” is written with ʻ (U+02BB)"),
    "strange_link": _("“{words}” leads to {target}; ours begin with page: or door:, others with https://"),
    "marks": _("a line of the text begins with ## or @: the file of a lesson keeps these for itself"),
}


@dataclass(frozen=True)
class Fault:
    """``step`` counts from 1, 0 is the lesson as a whole; ``line`` is that of the file, 0 where nobody counted."""

    code: str
    told: Mapping[str, Any] = field(default_factory=dict)
    step: int = 0
    line: int = 0

    def __str__(self) -> str:
        said = SENTENCES[self.code].format(**self.told)
        return f"line {self.line}: {said}" if self.line else said


def fault(code: str, *, step: int = 0, line: int = 0, **told: Any) -> Fault:
    return Fault(code, told, step, line)
