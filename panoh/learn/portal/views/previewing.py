"""A draft as the street would see it, in any script of its language."""

from typing import Any

from csp.constants import SELF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import override

from .. import queries, services
from ..models import EditableKind, Sheet, Writing
from ..queries import posts
from .opening import let_play

TEMPLATES = {
    EditableKind.GUIDANCE: "portal/sheet.html",
    EditableKind.PAGE: "portal/page.html",
    EditableKind.QUESTION: "portal/questions.html",
    EditableKind.TERM: "portal/glossary.html",
    EditableKind.NEWS: "portal/news_post.html",
    EditableKind.ALERT: "portal/alert.html",
    EditableKind.CAMPAIGN: "portal/campaign.html",
    EditableKind.OPPORTUNITY: "portal/opportunity.html",
    EditableKind.RESOURCE: "portal/resource.html",
}


def preview(request: HttpRequest, writing: Writing, mode: str) -> HttpResponse:
    """The public template itself. It may stand in a frame of the editing page and nowhere else."""
    sheet = services.drafted_sheet(writing, mode)
    request.path = request.path_info = queries.address_of(sheet).partition("#")[0]
    request.quiet = True  # type: ignore[attr-defined]  # a mark for the middleware
    is_easy = bool(sheet.easy) and request.GET.get("reading") == "easy"
    recorded = queries.recordings_of(sheet)
    said = {
        "sheet": sheet,
        "is_easy": is_easy,
        "related": [],
        "questions": [sheet],
        "terms": [sheet],
        "recordings": recorded,
        **_post(sheet),
    }
    with override(mode):
        response = render(request, TEMPLATES[EditableKind(writing.kind)], said)
    let_play(response, recorded)
    response._csp_replace = {"frame-ancestors": [SELF]}  # type: ignore[attr-defined]  # a mark for the middleware
    response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def _post(sheet: Sheet) -> dict[str, Any]:
    """What the pages of posts ask for besides; what nobody has told yet is empty."""
    kit = posts.resources_of(sheet) if sheet.kind == EditableKind.CAMPAIGN else []
    names = dict(settings.LANGUAGES)
    return {
        "beside": posts.Beside(None, None),
        "resources": kit,
        "written_in": [(sheet.language, names[sheet.language])],
    }
