"""The school's self-review on the street, which keeps nothing; and the desk's view of the totals that were sent."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to
from panoh.ground.ui.safety import same_origin

from .. import school_review as pure
from ..errors import PortalRefusedError
from ..forms.reviews import AnswersForm, SendForm
from ..policy import REGISTER_READERS
from ..queries import reviews as queries
from ..school_review import Answers, Review
from ..services import reviews as services
from ..spreadsheets import written
from .heads import head
from .opening import hushed, language
from .registers import csv_file, wants_csv
from .street import elsewhere

BIGGEST_FILE = 100_000  # bytes


@login_not_required
@csrf_exempt
@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def school_review(request: HttpRequest) -> HttpResponse:
    """One address: statements, result, files, sending. What was answered travels in the body and is kept nowhere."""
    review = queries.review_in(language())
    if review is None:
        return elsewhere(request, queries.readable_languages())
    form = AnswersForm(request.POST if request.method == "POST" else None, review=review)
    if not form.is_bound or "again" in request.POST or not form.is_valid():
        status = 422 if form.is_bound and "again" not in request.POST else 200
        words = review.words
        said = {"form": form, "words": words, "is_again": "again" in request.POST}
        said["head"] = head(request.path, words["title"], words["lead"], queries.readable_languages())
        return hushed(request, render(request, "portal/school_review.html", said, status=status))
    answers: dict[str, int] = form.cleaned_data
    if request.POST.get("file") in {"json", "csv"}:
        return hushed(request, _file(review, answers, request.POST["file"]))
    return hushed(request, _result(request, review, answers))


def _result(request: HttpRequest, review: Review, answers: dict[str, int]) -> HttpResponse:
    found = pure.scores(review, answers)
    strongest, weakest = pure.extremes(found)
    is_sending = "send" in request.POST
    send = SendForm(request.POST if is_sending else None, review=review, language=language())
    said: dict[str, Any] = {
        "review": review, "words": review.words, "answers": answers, "scores": found, "strongest": strongest,
        "weakest": weakest, "send": send, **_compared(request, review, answers),
        "plan": [(step, review.months[step.item.month], review.people[step.item.who])
                 for step in pure.plan(review, answers)],
    }  # fmt: skip
    if is_sending:
        said |= _sent(send, review, answers)
    return render(request, "portal/school_review_result.html", said, status=422 if send.errors else 200)


def _sent(send: SendForm, review: Review, answers: Answers) -> dict[str, bool]:
    if not send.is_valid():
        return {}
    points = {one.area.code: one.points for one in pure.scores(review, answers)}
    try:
        services.count_review(**send.facts(), edition=review.edition, scores=points)
    except PortalRefusedError:
        return {"is_full": True}
    return {"is_sent": True}


def _compared(request: HttpRequest, review: Review, answers: Answers) -> dict[str, Any]:
    """What changed since the file that was brought along; a strange file says so and changes nothing."""
    file = request.FILES.get("last")
    if file is None:
        return {}
    try:
        if (file.size or 0) > BIGGEST_FILE:
            return {"is_bad_file": True}
        year, before = pure.from_file(file.read())
    except ValueError:
        return {"is_bad_file": True}
    found = pure.changes(review, before, answers)
    return {
        "since": review.words["changed"].format(year=year),
        "changes": [(one, review.words[one.by]) for one in found],
    }


def _file(review: Review, answers: Answers, form: str) -> HttpResponse:
    """The answers to bring back next year, or the plan as a table."""
    if form == "json":
        text, kind = pure.as_file(review, answers, timezone.localdate()), "application/json"
    else:
        words, areas = review.words, {area.code: area.title for area in review.areas}
        head = [words[code] for code in ("area", "statement", "now", "next", "month", "who")]
        rows = (
            [areas[step.item.area], step.item.text, step.now, step.next, review.months[step.item.month],
             review.people[step.item.who]]
            for step in pure.plan(review, answers)
        )  # fmt: skip
        text, kind = written(head, rows), "text/csv"
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    year = timezone.localdate().year
    response["Content-Disposition"] = f'attachment; filename="school-review-{year}.{form}"'
    return response


@require_safe
@opens_to(*REGISTER_READERS)
def school_reviews(request: StaffRequest) -> HttpResponse:
    """What schools sent, by region, with small numbers held back."""
    reader = request.user.language
    years = queries.years(request.user)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and int(asked) in years else (years or [timezone.localdate().year])[0]
    lines = queries.overview(request.user, year, reader)
    review = queries.review_in(reader) or queries.review_in("uz")
    areas = [area.title for area in review.areas] if review else []
    if wants_csv(request):
        rows = ([line.name, line.schools, *line.shares] for line in lines)
        return csv_file(f"school-reviews-{year}", [_("Region"), _("Schools"), *areas], rows)
    said = {"year": year, "years": years, "lines": lines, "areas": areas, "fewest": queries.FEWEST}
    return render(request, "portal/reviews/overview.html", said)
