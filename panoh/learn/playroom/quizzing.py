"""A quiz where no page is: what is asked, what can be answered, and what is told after an answer."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404

from panoh.ground.languages.public import may_show, word

from . import leaves, policy, queries, shapes


@dataclass(frozen=True)
class Asked:
    """One question in the words of one language; ``n`` of ``many`` from 1. ``why`` belongs to an answer, not before."""

    slug: str
    title: str
    n: int
    many: int
    text: str
    options: Mapping[str, str]
    why: str
    closing: tuple[str, ...]


def quizzes(language: str) -> dict[str, str]:
    """Slug → title of what may be shown in this language and may stand on a phone that others look at."""
    found = [one for one in queries.told(language) if one.kind == "quizzes" and not policy.is_quiet(one.piece)]
    return {one.slug: one.title for one in found if _can_answer(one)}


def asked(slug: str, language: str, n: int) -> Asked | None:
    """Question ``n``; None for what there is not, or what may not be shown."""
    if slug not in quizzes(language):
        return None
    try:
        quiz = queries.told_for("quizzes", slug, language)
        said = leaves.question(quiz, n, "")
    except Http404:
        return None
    row = said["row"]
    own = row["told"].get("choices", {})
    options = {one: own.get(one) or word(f"play.answer_{one}", language) for one in said["choices"]}
    return Asked(
        slug, quiz.title, n, said["many"], row["told"]["text"], options, row["told"]["why"], leaves.closing(quiz)
    )


def _can_answer(quiz: queries.Told) -> bool:
    """The words of the answers are the centre's, and wait for a reviewer of their own."""
    own = all(row.get("choices") for row in quiz.piece.rows)
    return own or all(may_show(f"play.answer_{one}", quiz.language) for one in shapes.RIGHTS)
