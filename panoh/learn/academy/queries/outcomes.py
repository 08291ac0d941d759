"""What came of an attempt, for its learner and for staff who look into an appeal."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils import timezone

from .. import paper, results, scoring
from ..models import Attempt, Response, TestKind
from . import exams


@dataclass(frozen=True)
class ReviewRow:
    place: int
    is_whole: bool
    is_begun: bool


@dataclass(frozen=True)
class TopicLine:
    name: str
    result: results.TopicResult


@dataclass(frozen=True)
class QuestionLine:
    place: int
    text: str
    said: list[str]
    right: list[str]
    why: str
    credit: Fraction

    @property
    def level(self) -> str:
        return "right" if self.credit == 1 else "nearly" if self.credit else "wrong"


@dataclass(frozen=True)
class Outcome:
    """``lessons``: (module, lesson, title) to read again. ``questions`` is empty while another attempt is ahead."""

    topics: list[TopicLine]
    lessons: list[tuple[str, str, str]]
    questions: list[QuestionLine]


def review_rows(attempt: Attempt) -> list[ReviewRow]:
    return [
        ReviewRow(one.place, scoring.is_whole(one.version.body, one.answer), one.answer is not None)
        for one in exams.places_of(attempt)
    ]


def outcome_of(attempt: Attempt, language: str) -> Outcome | None:
    """None for an attempt without a result."""
    if not attempt.has_result:
        return None
    responses, edition = exams.places_of(attempt), attempt.enrolment.edition
    names = exams.names_of_topics(edition, language)
    topics = results.by_topic(exams.scored(responses))
    lines = [TopicLine(names.get((one.module, one.topic), one.topic), one) for one in topics]
    titles = {
        (module["code"], lesson["code"]): lesson["titles"] for module in edition.outline for lesson in module["lessons"]
    }
    again = results.to_reread(topics, exams.lessons_practised(edition))
    return Outcome(
        topics=sorted(lines, key=lambda line: (line.result.percent, line.name)),
        lessons=[(module, code, paper.words(titles[module, code], language)) for module, code in again],
        questions=question_lines(responses, language) if _may_see_questions(attempt) else [],
    )


def _may_see_questions(attempt: Attempt) -> bool:
    """Questions with their answers: once nobody can sit this test again with them."""
    if attempt.kind == TestKind.PRE:
        return False
    if attempt.passed:
        return True
    return exams.may_begin(attempt.enrolment, attempt.kind, attempt.module, timezone.now()).refusal in {"cap", "passed"}


def question_lines(responses: list[Response], language: str) -> list[QuestionLine]:
    return [
        QuestionLine(
            one.place,
            paper.words(one.version.body["text"], language),
            paper.said_answer(one.version.body, one.answer, language),
            paper.right_answer(one.version.body, language),
            paper.words(one.version.body["why"], language),
            Fraction(one.credit or "0"),
        )
        for one in responses
    ]
