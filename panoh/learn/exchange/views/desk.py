"""Learning systems and our key; learning events as a file."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to
from panoh.learn.academy import public as academy

from .. import policy, services
from ..errors import ExchangeRefusedError
from ..forms.desk import EventsForm, PlatformForm
from ..models import Platform
from ..queries import events as event_queries
from ..queries import lti as queries

FACTS = ("name", "issuer", "client_id", "auth_url", "token_url", "keyset_url", "deployments")


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*policy.EVENT_TAKERS)
def events(request: StaffRequest) -> HttpResponseBase:
    """The form; sent, it answers with the file, written as it is read."""
    form = EventsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        asked = event_queries.Asked(academy.course_for(said["course"]), said["since"], said["until"])
        if not event_queries.is_small(asked):
            since, until = asked.since.isoformat(), asked.until.isoformat()
            services.note_events_taken(asked.course.code, since=since, until=until, by=request.user)
            return _file(asked)
        least = event_queries.least_people()
        form.add_error(None, _("Fewer than %(least)s people: such a list is not given out.") % {"least": least})
    said = {"form": form, "least": event_queries.least_people(), "keeps": policy.can_keep_platforms(request.user)}
    return render(request, "exchange/desk/events.html", said, status=422 if form.errors else 200)


def _file(asked: event_queries.Asked) -> StreamingHttpResponse:
    response = StreamingHttpResponse(event_queries.lines(asked), content_type="application/x-ndjson")
    response["Content-Disposition"] = f'attachment; filename="events-{asked.course.code}-{asked.since}.jsonl"'
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@opens_to(*policy.PLATFORM_KEEPERS)
def platforms(request: StaffRequest) -> HttpResponse:
    """Who may send people, and what their administrators need to know of us."""
    ours = [
        (_("Tool URL and redirect URL"), reverse("lti:launch")),
        (_("Initiate login URL"), reverse("lti:login")),
        (_("Content selection URL (deep linking)"), reverse("lti:choose")),
        (_("Public keyset URL of the tool"), reverse("lti:keys")),
    ]
    said = {
        "platforms": queries.platforms(request.user),
        "ours": [(label, settings.PUBLIC_URL + path) for label, path in ours],
        "keys": queries.keys(),
    }
    return render(request, "exchange/desk/platforms.html", said)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*policy.PLATFORM_KEEPERS)
def add_platform(request: StaffRequest) -> HttpResponse:
    return _keep(request, PlatformForm(request.POST or None), None)


@require_http_methods(["GET", "HEAD", "POST"])
@opens_to(*policy.PLATFORM_KEEPERS)
def edit_platform(request: StaffRequest, code: str) -> HttpResponse:
    held = queries.platform_for(request.user, code)
    kept = {name: getattr(held, name) for name in FACTS} | {"deployments": "\n".join(held.deployments)}
    return _keep(request, PlatformForm(request.POST or None, initial=kept), held)


def _keep(request: StaffRequest, form: PlatformForm, held: Platform | None) -> HttpResponse:
    if form.is_bound and form.is_valid():
        try:
            services.keep_platform(form.facts, platform=held, by=request.user)
        except ExchangeRefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Saved."))
            return redirect("exchange:platforms")
    said = {"form": form, "platform": held}
    return render(request, "exchange/desk/platform.html", said, status=422 if form.errors else 200)


@require_POST
@opens_to(*policy.PLATFORM_KEEPERS)
def switch_platform(request: StaffRequest, code: str) -> HttpResponse:
    held = queries.platform_for(request.user, code)
    services.switch_platform(held, on=request.POST.get("on") == "1", by=request.user)
    return redirect("exchange:platforms")


@require_POST
@opens_to(*policy.PLATFORM_KEEPERS)
def rotate_key(request: StaffRequest) -> HttpResponse:
    services.rotate_key(by=request.user)
    messages.success(request, _("A new key signs from now on. The one before stays published for three days."))
    return redirect("exchange:platforms")
