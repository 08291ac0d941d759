"""The public pages. One gate, one template each; what looks the same to everyone the front may keep for a while."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from panoh.ground.ui import paths

from .. import queries, services
from ..models import Kind, Sheet
from ..tree import AGES, AUDIENCES
from .opening import hushed, language, open_page


@open_page
def home(request: HttpRequest) -> HttpResponse:
    here = language()
    said = {"audiences": queries.audiences_here(here), "first_help": queries.first_help(here)}
    return render(request, "portal/home.html", said)


@open_page
def hub(request: HttpRequest, audience: str) -> HttpResponse:
    if audience not in AUDIENCES:
        raise Http404
    age = request.GET.get("age", "")
    age = age if age in AGES and audience == "children" else ""
    sheets = queries.hub(language(), audience, age)
    if not sheets and not age:
        return _elsewhere(request, [code for code, _ in settings.LANGUAGES if queries.hub(code, audience)])
    said = {
        "audience": audience, "sheets": sheets, "age": age, "ages": AGES if audience == "children" else (),
        "checklists": [one for one in queries.listed(language(), Kind.CHECKLIST) if one.audience == audience],
    }  # fmt: skip
    return render(request, "portal/hub.html", said)


@open_page
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        found = queries.sheet_for(slug, language())
    except Http404:
        return _elsewhere(request, queries.languages_of(slug))
    request.quiet = found.quiet  # type: ignore[attr-defined]
    is_easy = bool(found.easy) and _wants_easy(request)
    said = {"sheet": found, "related": queries.related(found), "is_easy": is_easy}
    response = render(request, "portal/sheet.html", said)
    return hushed(request, response) if found.quiet else response


def _wants_easy(request: HttpRequest) -> bool:
    """The twin was asked for by the page's own switch, or by the reader's display."""
    if "reading" in request.GET:
        return request.GET["reading"] == "easy"
    return ".easy" in f".{request.COOKIES.get('view', '')}"


def _elsewhere(request: HttpRequest, readable: list[str]) -> HttpResponse:
    """Not in this language: where it can be read. In none of them: the 404 of the house."""
    if not readable:
        raise Http404
    here = [
        (code, name, paths.in_language(request.path, code, dict(settings.LANGUAGES)))
        for code, name in settings.LANGUAGES
        if code in readable
    ]
    request.quiet = True  # type: ignore[attr-defined]  # the title must not tell what was looked for
    return hushed(request, render(request, "portal/elsewhere.html", {"readable": here}, status=404))


@open_page
def questions(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/questions.html", {"questions": queries.questions(language())})


@open_page
def tools(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/tools.html", {"tools": queries.listed(language(), Kind.TOOL)})


@open_page
def tool(request: HttpRequest, slug: str) -> HttpResponse:
    return _one(request, slug, Kind.TOOL, "portal/tool.html")


@open_page
def glossary(request: HttpRequest) -> HttpResponse:
    terms = sorted(queries.listed(language(), Kind.TERM), key=lambda one: one.title.casefold())
    return render(request, "portal/glossary.html", {"terms": terms})


@open_page
def laws(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/laws.html", {"laws": queries.listed(language(), Kind.LAW)})


@open_page
def checklists(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/checklists.html", {"checklists": queries.listed(language(), Kind.CHECKLIST)})


@open_page
def checklist(request: HttpRequest, slug: str) -> HttpResponse:
    return _one(request, slug, Kind.CHECKLIST, "portal/checklist.html")


@open_page
def page(request: HttpRequest, slug: str) -> HttpResponse:
    return _one(request, slug, Kind.PAGE, "portal/page.html")


def _one(request: HttpRequest, slug: str, kind: Kind, template: str) -> HttpResponse:
    try:
        found: Sheet = queries.sheet_for(slug, language(), kind)
    except Http404:
        return _elsewhere(request, queries.languages_of(slug, kind))
    return render(request, template, {"sheet": found})


@open_page
def search(request: HttpRequest) -> HttpResponse:
    """What somebody looks for is theirs: the page is quiet, kept nowhere and counted without them."""
    request.quiet = True  # type: ignore[attr-defined]
    asked = request.GET.get("q", "").strip()[:200]
    found, meant = queries.answers(asked, language()) if asked else ([], "")
    if asked:
        services.count_question(asked, language(), is_found=bool(found) and not meant)
    said = {
        "asked": asked, "answers": found, "meant": meant,
        "first_help": queries.first_help(language()) if not found else [],
    }  # fmt: skip
    return hushed(request, render(request, "portal/search.html", said))
