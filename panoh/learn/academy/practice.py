"""A practice question on its page: asked, answered, told why. Nothing of it is kept, and no test counts it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from . import paper, scoring

SEED = "practice"


@dataclass(frozen=True)
class Asked:
    """``verdict``: "" before an answer, then right, nearly or wrong; ``right`` and ``why`` come with it."""

    code: str
    shown: paper.Shown
    verdict: str = ""
    right: tuple[str, ...] = ()
    why: str = ""


def asked(
    question: Mapping[str, Any], language: str, fields: Mapping[str, Sequence[str]], fold: scoring.Fold = str.casefold
) -> Asked:
    """``fields`` are those of its form; without an answer among them the question is asked again."""
    code = str(question["code"])
    try:
        answer = paper.read(question, code, SEED, fields)
    except ValueError:
        answer = None
    shown = paper.shown(question, code, SEED, language, answer)
    if answer is None:
        return Asked(code, shown)
    worth = scoring.credit(question, answer, fold)
    verdict = "right" if worth == 1 else "nearly" if worth else "wrong"
    right = tuple(paper.right_answer(question, language))
    return Asked(code, shown, verdict, right, paper.words(question["why"], language))
