"""Sitting a test: one question a small page. The page is a plain form; a script only sends the same form sooner."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import Learner

from .. import paper, services
from ..errors import LearningRefusedError, TestRefusedError
from ..forms.exams import AskForm
from ..models import Enrolment, Response
from ..queries import courses, exams, mine, outcomes
from .opening import language, own_deed, own_page


def _enrolment(learner: Learner, code: str) -> Enrolment:
    """The learner's own; who has none yet begins the course by looking at its tests."""
    course = courses.course_for(code)
    try:
        return mine.enrolment_in(learner, course) or services.enrol_learner(learner, course, language=language())
    except LearningRefusedError as refused:
        raise Http404 from refused


@own_page
def tests(request: HttpRequest, learner: Learner, course: str) -> HttpResponse:
    return _list(request, _enrolment(learner, course))


def _list(request: HttpRequest, enrolment: Enrolment, problem: str = "") -> HttpResponse:
    edition = enrolment.edition
    said = {
        "course": edition.course,
        "course_words": mine.words_in(edition, language()),
        "offers": exams.offers(enrolment),
        "titles": {module["code"]: module["titles"] for module in edition.outline},
        "gains": exams.gains_of(enrolment),
        "reasons": AskForm().fields["reason"].choices,  # type: ignore[attr-defined]
        "problem": problem,
    }
    return render(request, "academy/tests.html", said, status=409 if problem else 200)


@own_deed
def begin_test(request: HttpRequest, learner: Learner, course: str) -> HttpResponse:
    kind, module = request.POST.get("kind", ""), request.POST.get("module", "")
    enrolment = _enrolment(learner, course)
    try:
        attempt = services.begin_attempt(enrolment, kind=kind, module=module, language=language())
    except TestRefusedError as refused:
        return _list(request, enrolment, str(refused))
    return redirect("academy:attempt", course, attempt.pk)


@own_deed
def ask_attempt(request: HttpRequest, learner: Learner, course: str) -> HttpResponse:
    """Ask staff for another attempt, with a reason from a list."""
    form, enrolment = AskForm(request.POST), _enrolment(learner, course)
    if not form.is_valid():
        return _list(request, enrolment, _("Choose why you need another attempt."))
    try:
        services.ask_attempt(enrolment, **form.cleaned_data)
    except TestRefusedError as refused:
        return _list(request, enrolment, str(refused))
    return redirect("academy:tests", course)


@own_page
def attempt(request: HttpRequest, learner: Learner, course: str, number: uuid.UUID) -> HttpResponse:
    """Where a person goes on, on whatever device: the first question without an answer."""
    held = exams.attempt_for(learner, course, number)
    if not held.is_open:
        return redirect("academy:result", course, number)
    place = exams.next_place(held)
    return (
        redirect("academy:question", course, number, place)
        if place
        else redirect("academy:review_test", course, number)
    )


@own_page
def question(request: HttpRequest, learner: Learner, course: str, number: uuid.UUID, place: int) -> HttpResponse:
    held = exams.place_for(learner, course, number, place)
    if not held.attempt.is_open:
        return redirect("academy:result", course, number)
    if held.shown_at is None:
        held = services.show_place(held)
    return _page(request, course, held)


def _page(request: HttpRequest, course: str, held: Response, problem: str = "") -> HttpResponse:
    """Nothing of what is right is in here: ``paper.shown`` builds it from words and tokens alone."""
    places = exams.saved_places(held.attempt_id)
    attempt = held.attempt
    said = {
        "course_code": course,
        "attempt": attempt,
        "place": held.place,
        "asked": len(places),
        "places": places,
        "last_saved": max((at for _place, at in places if at), default=None),
        "saved_at": held.saved_at,
        "practice": {
            "shown": paper.shown(held.version.body, held.question.name, attempt.seed, language(), held.answer)
        },
        "client_id": uuid.uuid4(),
        "problem": problem,
    }
    return render(request, "academy/question.html", said, status=422 if problem else 200)


@own_deed
def answer(request: HttpRequest, learner: Learner, course: str, number: uuid.UUID, place: int) -> HttpResponse:
    """Keep an answer. To a script the moment is told; a form goes on to the next question."""
    fields = {name: [str(one) for one in values] for name, values in request.POST.lists()}
    try:
        saved = services.save_answer(
            learner,
            number,
            place,
            fields,
            client_id=_client_id(request.POST.get("form", "")),
            device_at=request.POST.get("at", ""),
        )
    except ValueError:
        held = exams.place_for(learner, course, number, place)
        return _page(request, course, held, _("Choose from the answers on this page."))
    if request.headers.get("Accept") == "application/json":
        return _told(saved)
    if saved.at is None:
        return redirect("academy:result", course, number)
    if "review" in request.POST or place >= saved.asked:
        return redirect("academy:review_test", course, number)
    return redirect("academy:question", course, number, place + 1)


def _client_id(said: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(said)
    except ValueError:
        return None


def _told(saved: services.Saved) -> HttpResponse:
    if saved.at is None:
        return JsonResponse({"over": True}, status=409)
    return JsonResponse({"saved": date_format(timezone.localtime(saved.at), "H:i")})


@own_page
def review_test(request: HttpRequest, learner: Learner, course: str, number: uuid.UUID) -> HttpResponse:
    """Before the end: which questions have an answer, and one button."""
    held = exams.attempt_for(learner, course, number)
    if not held.is_open:
        return redirect("academy:result", course, number)
    rows = outcomes.review_rows(held)
    said: dict[str, Any] = {"course_code": course, "attempt": held, "rows": rows}
    return render(request, "academy/review.html", said | {"missing": sum(not row.is_whole for row in rows)})


@own_deed
def submit_test(request: HttpRequest, learner: Learner, course: str, number: uuid.UUID) -> HttpResponse:
    services.submit_attempt(exams.attempt_for(learner, course, number))
    return redirect("academy:result", course, number)


@own_page
def result(request: HttpRequest, learner: Learner, course: str, number: uuid.UUID) -> HttpResponse:
    held = exams.attempt_for(learner, course, number)
    if held.is_open:
        return redirect("academy:attempt", course, number)
    said = {"course": held.enrolment.edition.course, "attempt": held, "outcome": outcomes.outcome_of(held, language())}
    return render(request, "academy/result.html", said)
