"""Coming back with the return code: where it stands, words both ways, safe hours, Telegram, deleting."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from panoh.care.talks import public as talks
from panoh.ground.languages.public import word
from panoh.ground.vault import public as vault

from .. import queries, services
from ..errors import ReportRefusedError
from ..forms.street import MOST, CodeForm, SayForm, Shown, language
from ..models import Report, ReportStatus
from .street_page import COOKIE, enter, holds_report, lost, numbers_for, open_page, report_here

TALK_COOKIE = "talk"  # the helpline's own; a code opens whatever it was given for


@open_page("GET", "POST")
def come_back(request: HttpRequest) -> HttpResponse:
    """Open what a code was given for; wrong, expired and locked look the same but for the wait."""
    form = CodeForm(request.POST or None)
    problem, status = "", 200
    if request.method == "POST":
        typed = form.cleaned_data["code"] if form.is_valid() else ""
        try:
            return _opened(talks.conversation_by_receipt(typed))
        except talks.ReceiptRefusedError as refused:
            minutes = -(-refused.wait_seconds // 60)
            problem = word("code.wait", language(), minutes=minutes) if minutes else word("code.unknown", language())
            status = 429 if minutes else 404
        except vault.BusyError:
            problem, status = word("code.busy", language()), 503
    return render(request, "reports/street/back.html", {"form": form, "problem": problem}, status=status)


def _opened(conversation: talks.Conversation) -> HttpResponse:
    report = queries.report_of(conversation)
    if report is None:
        return enter(redirect("talk:now"), conversation, TALK_COOKIE)
    page = "code" if report.receipt_to_change else "step" if report.status == ReportStatus.DRAFT else "now"
    return enter(redirect(f"report:{page}"), conversation)


@open_page("GET", "POST")
@holds_report
def now(request: HttpRequest, report: Report) -> HttpResponse:
    """Where it stands. A POST only looks again, and keeps what was typed so far."""
    if report.status == ReportStatus.DRAFT:
        return redirect("report:step")
    return now_page(request, report, draft=request.POST.get("text", "")[:MOST])


def now_page(
    request: HttpRequest, report: Report, *, draft: str = "", problem: str = "", status: int = 200, follow: str = ""
) -> HttpResponse:
    lines = talks.all_lines(report.conversation)
    if lines:
        talks.mark_seen(report.conversation, upto=max(line.version for line in lines))
    context = {
        "report": report,
        "status": queries.status_word(report, language()),
        "opened": queries.times_opened(report),
        "lines": lines,
        "draft": draft,
        "problem": problem,
        "key": uuid.uuid4(),
        "most": MOST,
        "is_over": report.closed_at is not None,
        "is_answered": any(line.direction == talks.Direction.OUT for line in lines),
        "follow": follow,
        "can_follow": report.channel != talks.Channel.TELEGRAM,
        "hours": _hours(report),
        "numbers": numbers_for(report) if report.urgency == 1 else [],
    }
    return render(request, "reports/street/now.html", context, status=status)


def _hours(report: Report) -> dict[str, Any]:
    """The safe hours as their question offers them, the chosen one marked."""
    question = queries.asked_of(report).question("safe_hours")
    return {"shown": Shown.of(question, queries.safe_hours_code(report))} if question else {}


@open_page("POST")
@holds_report
def say(request: HttpRequest, report: Report) -> HttpResponse:
    """More words. Sent twice with one key they are one message; refused ones come back in the field."""
    form = SayForm(request.POST)
    typed = request.POST.get("text", "")
    if not form.is_valid():
        return now_page(request, report, draft=typed, problem=form.first_problem(), status=400)
    if queries.writes_too_fast(report):
        problem = word("error.slow_down", language(), seconds=30)
        return now_page(request, report, draft=typed, problem=problem, status=429)
    try:
        services.receive_report_words(report, form.cleaned_data["text"], form.cleaned_data["key"])
    except ReportRefusedError:
        return now_page(request, report, draft=typed, problem=word("report.over", language()), status=409)
    return redirect("report:now")


@open_page("POST")
@holds_report
def hours(request: HttpRequest, report: Report) -> HttpResponse:
    """When we may write first."""
    question = queries.asked_of(report).question("safe_hours")
    option = question.option(request.POST.get("answer", "")) if question else None
    if option is None:
        return now_page(request, report, problem=word("error.choose", language()), status=400)
    services.set_report_hours(report, option.hours)
    return redirect("report:now")


@open_page("POST")
@holds_report
def follow(request: HttpRequest, report: Report) -> HttpResponse:
    """A code to type to our bot: the answer comes there too, and this page never learns whose chat it is."""
    try:
        shown = talks.new_follow_code(report.conversation)
    except talks.LedgerError:
        return redirect("report:now")
    return now_page(request, report, follow=shown)


@open_page("GET", "POST")
def code(request: HttpRequest) -> HttpResponse:
    """Make a return code. It is never kept and never shown again; a newer one ends the older."""
    report = report_here(request)
    if report is None:
        return lost(request) if request.method == "POST" else redirect("report:start")
    context: dict[str, Any] = {"has_one": queries.has_receipt(report), "must_change": report.receipt_to_change}
    if request.method == "GET":
        return render(request, "reports/street/code_ask.html", context)
    try:
        shown = services.change_receipt(report)
    except vault.BusyError:
        context["problem"] = word("code.busy", language())
        return render(request, "reports/street/code_ask.html", context, status=503)
    return render(request, "reports/street/code.html", {"goods": shown.splitlines(), "report": report})


@open_page("GET", "POST")
@holds_report
def delete(request: HttpRequest, report: Report) -> HttpResponse:
    """Every word is erased at once; asked once."""
    if request.method == "GET":
        return render(request, "reports/street/delete.html", {"report": report})
    is_gone = services.delete_report(report)
    talks.end_visit(request.COOKIES.get(COOKIE, ""))
    response = render(request, "reports/street/deleted.html", {"is_gone": is_gone})
    response.delete_cookie(COOKIE, samesite="Strict")
    return response
