"""A person sits a test: begun, answered question by question, handed in, or ended by the server at its deadline.

The attempt's row is the lock of all that happens in it: an answer, the end and the deadline stand in a row behind it,
so an answer is either before the end or refused, and of two ends one is the result. Of two devices that answer the same
question the later arrival stands; both are in the log.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import Learner
from panoh.ground.audit import public as audit
from panoh.ground.common.asking import Question
from panoh.ground.common.inserting import insert
from panoh.ground.languages import public as languages

from .. import deadlines, drawing, paper, scoring
from ..errors import TestRefusedError
from ..models import Attempt, AttemptState, Enrolment, EventKind, Response, ResponseEvent, TestKind
from ..queries import exams
from .bank import import_bank
from .enrolling import complete_enrolment


@dataclass(frozen=True)
class Saved:
    """What became of an answer: taken at this moment, or not (``at`` is None) because the attempt is over."""

    at: datetime | None
    place: int
    asked: int


@transaction.atomic
def begin_attempt(enrolment: Enrolment, *, kind: str, module: str = "", language: str) -> Attempt:
    """A new attempt with its rules, questions and their order frozen, or the one that is open. Raises
    ``TestRefusedError`` where the rules of the course do not allow another one now."""
    held = Enrolment.objects.select_for_update(of=("self",)).select_related("edition__course").get(pk=enrolment.pk)
    if found := Attempt.objects.filter(enrolment=held, kind=kind, module=module, state="in_progress").first():
        return found
    if not held.edition.bank.exists():
        import_bank(held.edition)
    now = timezone.now()
    may = exams.may_begin(held, kind, module, now)
    if may.refusal:
        raise TestRefusedError(exams.refusal_words(may))
    rules, seed = dict(may.rules), drawing.new_seed()
    pool = exams.pool(held.edition_id, module)
    drawn = drawing.draw(list(pool), rules["questions"], seed=seed, met=exams.met(held))
    if not drawn:
        raise TestRefusedError(_("This test has no questions now."))
    last = Attempt.objects.filter(enrolment=held, kind=kind, module=module).aggregate(last=Max("number"))["last"] or 0
    attempt = Attempt.objects.create(
        enrolment=held,
        kind=kind,
        module=module,
        number=last + 1,
        seed=seed,
        language=language,
        policy=rules | {"asked": len(drawn)},
        began_at=now,
        ends_at=deadlines.deadline(now, limit_minutes=rules["time_limit_minutes"], extra_minutes=may.extra_minutes),
    )
    by_code = {item.code: ids for item, ids in pool.items()}
    Response.objects.bulk_create(
        Response(attempt=attempt, place=place, question_id=by_code[code][0], version_id=by_code[code][1])
        for place, code in enumerate(drawn, 1)
    )
    insert(ResponseEvent(attempt=attempt, kind=EventKind.BEGAN, at=now))
    audit.record("attempt.begun", thing=str(attempt.pk), kind=kind, number=attempt.number)
    return attempt


@transaction.atomic
def show_place(response: Response) -> Response:
    """The question is shown for the first time; one that was retired in between gives its place to another first."""
    held = exams.locked_place(response.attempt_id, response.place)
    if held.shown_at is not None or not held.attempt.is_open:
        return held
    now = timezone.now()
    if held.question.retired_at is not None:
        held = _redrawn(held, now)
    Response.objects.filter(pk=held.pk).update(shown_at=now)
    held.shown_at = now
    insert(ResponseEvent(attempt=held.attempt, place=held.place, kind=EventKind.SHOWN, at=now))
    return held


def _redrawn(held: Response, now: datetime) -> Response:
    attempt = held.attempt
    pool = exams.pool(attempt.enrolment.edition_id, attempt.module)
    names = exams.paper_names(attempt)
    gone = drawing.Item(held.question.name, held.question.module, held.version.topic)
    code = drawing.replacement(list(pool), gone=gone, paper=names, seed=attempt.seed, met=exams.met(attempt.enrolment))
    if code is None:
        return held
    question, version = next(ids for item, ids in pool.items() if item.code == code)
    Response.objects.filter(pk=held.pk).update(question_id=question, version_id=version)
    insert(ResponseEvent(attempt=attempt, place=held.place, kind=EventKind.REDRAWN, at=now))
    return exams.locked_place(attempt.pk, held.place)


def save_answer(
    learner: Learner,
    attempt: uuid.UUID,
    place: int,
    fields: Mapping[str, Sequence[str]],
    *,
    client_id: uuid.UUID | None = None,
    device_at: str = "",
) -> Saved:
    """Keep an answer as it is given. The same ``client_id`` again is the same answer, however often a line repeats it.

    Of two that arrive at the very same moment the database refuses the second, which then finds the first.
    Raises ``Http404`` for a place that is not this learner's,
    ``ValueError`` for an answer that its question does not have.
    """
    try:
        return _save_answer(learner, attempt, place, fields, client_id, device_at)
    except IntegrityError:
        return _save_answer(learner, attempt, place, fields, client_id, device_at)


def _place_held(attempt: uuid.UUID, place: int, learner: uuid.UUID) -> QuerySet[Response]:
    """A place with its attempt, which is locked, its question and version."""
    rows = Response.objects.select_for_update(of=("attempt",)).select_related("attempt", "version", "question")
    return rows.filter(attempt=attempt, place=place, attempt__enrolment__learner=learner)


def _with_known(attempt: uuid.UUID, place: int, learner: uuid.UUID, client_id: uuid.UUID) -> QuerySet[Response]:
    said = ResponseEvent.objects.filter(attempt=OuterRef("attempt"), client_id=client_id)
    return _place_held(attempt, place, learner).annotate(is_known=Exists(said))


PLACE_HELD = Question(_with_known, attempt=uuid.UUID, place=int, learner=uuid.UUID, client_id=uuid.UUID)
PLACE_HELD_UNNAMED = Question(_place_held, attempt=uuid.UUID, place=int, learner=uuid.UUID)


@transaction.atomic
def _save_answer(
    learner: Learner,
    attempt: uuid.UUID,
    place: int,
    fields: Mapping[str, Sequence[str]],
    client_id: uuid.UUID | None,
    device_at: str,
) -> Saved:
    """Three statements under the lock of this attempt alone."""
    asked_by = {"attempt": attempt, "place": place, "learner": learner.pk}
    held = PLACE_HELD.first(**asked_by, client_id=client_id) if client_id else PLACE_HELD_UNNAMED.first(**asked_by)
    if held is None:
        raise Http404
    now, asked = timezone.now(), held.attempt.policy["asked"]
    if getattr(held, "is_known", False):
        return Saved(held.saved_at if held.attempt.is_open else None, place, asked)
    answer = paper.read(held.version.body, held.question.name, held.attempt.seed, fields)
    is_taken = held.attempt.is_open and _accepts(held.attempt, now)
    insert(
        ResponseEvent(
            attempt=held.attempt,
            place=place,
            kind=EventKind.SAVED if is_taken else EventKind.LATE,
            answer=answer,
            client_id=client_id,
            device_at=deadlines.device_clock(device_at, now) if device_at else None,
            at=now,
        )
    )
    if is_taken:
        Response.objects.filter(pk=held.pk).update(answer=answer, saved_at=now)
    elif held.attempt.is_open:
        _close(held.attempt, AttemptState.OVERDUE, now)
    return Saved(now if is_taken else None, place, asked)


def _accepts(attempt: Attempt, now: datetime) -> bool:
    return deadlines.accepts(now, attempt.ends_at, grace_minutes=attempt.policy["grace_minutes"])


@transaction.atomic
def submit_attempt(attempt: Attempt) -> Attempt:
    """The end. Twice is once; after the deadline and its grace the server's own end stands instead."""
    held = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if not held.is_open:
        return held
    now = timezone.now()
    return _close(held, AttemptState.SUBMITTED if _accepts(held, now) else AttemptState.OVERDUE, now)


def _close(attempt: Attempt, state: str, now: datetime) -> Attempt:
    """The caller holds the attempt's lock."""
    attempt.state, attempt.closed_at = state, now
    if attempt.has_result:
        credits = _score(attempt)
        attempt.percent = scoring.percent(credits)
        if attempt.kind != TestKind.PRE:
            attempt.passed = scoring.passes(credits, attempt.policy["pass_mark"])
    attempt.save(update_fields=["state", "closed_at", "percent", "passed"])
    insert(ResponseEvent(attempt=attempt, kind=EventKind.CLOSED, at=now))
    audit.record("attempt.closed", thing=str(attempt.pk), state=str(state), passed=str(bool(attempt.passed)).lower())
    if attempt.kind == TestKind.FINAL and attempt.passed:
        complete_enrolment(attempt.enrolment)
    return attempt


def _score(attempt: Attempt) -> list[Fraction]:
    responses = list(attempt.responses.select_related("version").order_by("place"))
    credits = [scoring.credit(one.version.body, one.answer, languages.fold) for one in responses]
    for response, credit in zip(responses, credits, strict=True):
        response.credit = str(credit)
    Response.objects.bulk_update(responses, ["credit"])
    return credits


def close_due() -> int:
    """End every attempt whose time is over or to which nobody came back; how many. Run by the timetable."""
    now = timezone.now()
    due = exams.attempts_due(now)
    return sum(_close_due(pk, now) for pk in due)


@transaction.atomic
def _close_due(pk: uuid.UUID, now: datetime) -> bool:
    held = Attempt.objects.select_for_update().get(pk=pk)
    if not held.is_open:
        return False
    last = held.responses.aggregate(last=Max("saved_at"))["last"] or held.began_at
    grace = held.policy["grace_minutes"]
    state = deadlines.closing(now, ends_at=held.ends_at, grace_minutes=grace, touched_at=last)
    if state is None:
        return False
    _close(held, state, now)
    return True
