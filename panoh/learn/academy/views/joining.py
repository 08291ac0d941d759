"""Coming into a group: by the link that goes round, or by the link of a letter."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from panoh.ground.accounts import public as accounts
from panoh.ground.ui.safety import same_origin

from .. import services
from ..errors import CohortRefusedError, LearningRefusedError
from ..models import Cohort, Enrolment, Invitation
from ..queries import cohorts as queries
from ..queries import mine
from .opening import language, to_sign_in


@login_not_required
@csrf_exempt
@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    cohort = queries.cohort_by_link(code)
    if cohort is None:
        raise Http404
    return _page(request, cohort, None)


@login_not_required
@csrf_exempt
@same_origin
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request: HttpRequest, token: str) -> HttpResponse:
    invitation = queries.invitation_by_token(token)
    if invitation is None:
        raise Http404
    return _page(request, invitation.cohort, invitation)


def _page(request: HttpRequest, cohort: Cohort, invitation: Invitation | None) -> HttpResponse:
    """Looking joins nobody; the button does, once its presser is signed in."""
    learner, problem = accounts.learner_of(request), ""
    if request.method == "POST":
        if learner is None:
            return to_sign_in(request)
        try:
            enrolment = _join(learner, cohort, invitation)
        except (CohortRefusedError, LearningRefusedError) as refused:
            problem = str(refused)
        else:
            place = mine.next_place(enrolment)
            code = cohort.course.code
            return redirect("academy:step", code, *place) if place else redirect("academy:course", code)
    edition = cohort.course.current
    if edition is None:
        raise Http404
    said = {"cohort": cohort, "words": mine.words_in(edition, language()), "learner": learner, "problem": problem}
    response = render(request, "academy/join.html", said, status=409 if problem else 200)
    add_never_cache_headers(response)
    return response


def _join(learner: accounts.Learner, cohort: Cohort, invitation: Invitation | None) -> Enrolment:
    if invitation is not None:
        return services.accept_invitation(learner, invitation, language=language())
    return services.join_cohort(learner, cohort, language=language())
