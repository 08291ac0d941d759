"""Telling us something: three taps, then one question a page, every answer kept as it is given, sent when they like."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from panoh.care.talks import public as talks
from panoh.ground.languages.public import word
from panoh.ground.organisations.public import numbers_to_call
from panoh.ground.vault import public as vault

from .. import asking, queries, services
from ..errors import AnswerRefusedError, ReportRefusedError
from ..forms.street import KeyForm, Shown, language, shown_all
from ..models import Report, ReportStatus
from ..questionnaire import DONE, STEPS, Question
from .street_back import now_page
from .street_gate import note_begun, wait_before
from .street_page import enter, give_cookie, holds_report, numbers_for, open_page, report_here

FIRST = "danger"
BOARD = "kind"


@open_page("GET", "POST")
def start(request: HttpRequest) -> HttpResponse:
    """The first question opens the report: no cookie and no row before it is answered."""
    question = asking.questionnaire().questions[0]
    if request.method == "POST":
        answer = request.POST.get("answer", "")
        if "skip" in request.POST or question.option(answer):
            return wait_before(request, danger="answer") or _begin(request, answer)
        return _start_page(request, question, refusal="choose")
    return _start_page(request, question)


def _begin(request: HttpRequest, answer: str) -> HttpResponse:
    """The same form sent twice (a double tap, a replay) begins one report."""
    key = KeyForm(request.POST).the_key()
    report = services.start_report(channel=talks.Channel.WEB, language=language(), key=key)
    first = asking.questionnaire(report.questionnaire).questions[0].code
    if report.status == ReportStatus.DRAFT:
        if answer and "skip" not in request.POST:
            services.answer_question(report, first, answer)
        else:
            services.skip_question(report, first)
    return note_begun(request, enter(redirect("report:step"), report.conversation))


def _start_page(request: HttpRequest, question: Question, refusal: str = "") -> HttpResponse:
    context = {"shown": Shown.of(question, None, refusal), "open_report": report_here(request), "key": uuid.uuid4()}
    return render(request, "reports/street/start.html", context, status=400 if refusal else 200)


@open_page("GET", "POST")
@holds_report
def step(request: HttpRequest, report: Report) -> HttpResponse:
    """One question a page; ``?q=`` goes back to an earlier one."""
    if request.method == "POST":
        return _keep_answer(request, report)
    if report.status != ReportStatus.DRAFT:
        return redirect("report:now")
    answers = queries.answers_of(report)
    path = queries.asked_of(report).path(answers)
    wanted = next((one for one in path if one.code == request.GET.get("q")), None)
    question = wanted or queries.asked_of(report).next_after(answers)
    if question is None:
        return redirect("report:review")
    if question.kind in STEPS:
        return redirect(f"report:{question.kind}")
    return _question_page(request, report, Shown.of(question, answers.get(question.code)))


def _keep_answer(request: HttpRequest, report: Report) -> HttpResponse:
    """Keep it and go on. What cannot be kept comes back in its field with what to do."""
    question = _question_of(request, report)
    typed = request.POST.get("answer", "")
    if question is None:
        return redirect("report:step")
    try:
        if "skip" in request.POST:
            services.skip_question(report, question.code)
        else:
            services.answer_question(report, question.code, typed)
    except AnswerRefusedError as refused:
        if question.kind in STEPS:
            return redirect(f"report:{question.kind}")
        shown = Shown.of(question, typed, refused.codes[question.code])
        return _question_page(request, report, shown, status=400)
    except ReportRefusedError:
        kept = "" if question.options else typed
        return now_page(request, report, draft=kept, problem=word("report.already_sent", language()), status=409)
    return redirect("report:step")


def _question_of(request: HttpRequest, report: Report) -> Question | None:
    """The question a form answers. The pages for files and fingerprints say only that they are done."""
    asked, code = queries.asked_of(report), request.POST.get("q", "")
    if not code and request.POST.get("answer") == DONE:
        path = [one for one in asked.path(queries.answers_of(report)) if one.kind in STEPS]
        return path[0] if path else None
    return asked.question(code)


def _question_page(request: HttpRequest, report: Report, shown: Shown, status: int = 200) -> HttpResponse:
    context = _about(report, shown.question) | {"shown": shown, "report": report, "board": shown.question.code == BOARD}
    return render(request, "reports/street/step.html", context, status=status)


def _about(report: Report, question: Question) -> dict[str, Any]:
    """Where we are among the questions, the way back, and numbers to call where they may be needed."""
    answers, asked = queries.answers_of(report), queries.asked_of(report)
    codes = [one.code for one in asked.path(answers)]
    place = codes.index(question.code) + 1 if question.code in codes else len(codes)
    before = asked.before(question.code, answers)
    numbers = numbers_for(report) if report.urgency == 1 or place >= len(codes) - 1 else []
    if report.urgency == 1:  # above the question only what helps now; all of them are one tap away
        numbers = [number for number in numbers if number.is_emergency]
    return {
        "number": place,
        "count": max(len(codes), asked.opening + 4),
        "before": before.code if before else "",
        "numbers": numbers,
        "is_urgent": report.urgency == 1,
        "can_send": place > asked.opening,
    }


@open_page("GET")
@holds_report
def board(request: HttpRequest, report: Report) -> HttpResponse:
    """What happened, in pictures. The answer goes to the same step as the words do."""
    question = queries.asked_of(report).question(BOARD)
    if report.status != ReportStatus.DRAFT or question is None:
        return redirect("report:step")
    shown = Shown.of(question, queries.answers_of(report).get(BOARD))
    return render(request, "reports/street/board.html", _about(report, question) | {"shown": shown, "report": report})


@open_page("GET")
@holds_report
def review(request: HttpRequest, report: Report) -> HttpResponse:
    if report.status != ReportStatus.DRAFT:
        return redirect("report:now")
    return _review_page(request, report)


def _review_page(request: HttpRequest, report: Report, problem: str = "") -> HttpResponse:
    """Everything as it will be sent, each answer with a way to change it; advice stands beside it, never before it."""
    context = {
        "report": report,
        "said": queries.said_in(report, language()),
        "advice": queries.advice_for(report),
        "platform": queries.platform_to_tell(report, language()),
        "numbers": numbers_for(report),
        "problem": problem,
    }
    return render(request, "reports/street/review.html", context, status=400 if problem else 200)


@open_page("POST")
@holds_report
def send(request: HttpRequest, report: Report) -> HttpResponse:
    """Sent is sent, also when too many ask for a return code at once: the code can be made later."""
    if report.status != ReportStatus.DRAFT:
        return redirect("report:now")
    try:
        sent = services.send_report(report)
    except ReportRefusedError:
        return _review_page(request, report, word("report.empty", language()))
    return sent_page(request, sent)


def sent_page(request: HttpRequest, report: Report) -> HttpResponse:
    """The return code, once. Who has one already keeps it."""
    goods: list[str] = []
    if not queries.has_receipt(report):
        try:
            goods = services.change_receipt(report).splitlines()
        except vault.BusyError:
            pass
    return render(request, "reports/street/sent.html", _sent(report) | {"goods": goods})


def _sent(report: Report) -> dict[str, Any]:
    return {
        "report": report,
        "has_receipt": queries.has_receipt(report),
        "follows": queries.answers_of(report).get("contact") == "telegram",
        "advice": queries.advice_for(report),
        "numbers": numbers_for(report) if report.urgency == 1 else [],
    }


@open_page("GET")
@holds_report
def sent(request: HttpRequest, report: Report) -> HttpResponse:
    """We have it; a code is made when it is asked for."""
    if report.status == ReportStatus.DRAFT:
        return redirect("report:step")
    return render(request, "reports/street/sent.html", _sent(report) | {"goods": []})


@open_page("GET", "POST")
def everything(request: HttpRequest) -> HttpResponse:
    """All questions on one page and one answer to all: for a slow line, and for a machine that sends for somebody."""
    asked = asking.questionnaire()
    if request.method == "GET":
        return _whole_page(request, {}, {})
    if (waiting := wait_before(request, danger=FIRST)) is not None:
        return waiting
    typed = {question.code: request.POST.get(question.code, "") for question in asked.questions}
    try:
        token = services.take_report(language=language(), key=KeyForm(request.POST).the_key(), answers=typed)
    except AnswerRefusedError as refused:
        return _whole_page(request, typed, refused.codes)
    except ReportRefusedError:
        return _whole_page(request, typed, {}, word("report.empty", language()))
    return note_begun(request, give_cookie(redirect("report:sent"), token))


def _whole_page(
    request: HttpRequest, typed: dict[str, str], refused: dict[str, str], problem: str = ""
) -> HttpResponse:
    context = {
        "questions": shown_all(asking.questionnaire(), typed, refused),
        "key": KeyForm(request.POST).the_key(),
        "problem": problem,
        "has_problems": bool(refused),
        "numbers": numbers_to_call(language()),
    }
    return render(request, "reports/street/everything.html", context, status=400 if problem or refused else 200)
