"""The public pages. One gate, one template each; what looks the same to everyone the front may keep for a while."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from panoh.ground.languages.public import word
from panoh.ground.ui import paths

from .. import queries, services
from ..models import Kind, Sheet
from ..queries import posts
from ..tree import AGES, AUDIENCES
from . import heads
from .opening import hushed, language, let_play, open_page

# Languages that a device may have a voice for; the other scripts and Karakalpak have none anywhere.
SPOKEN = ("uz", "ru", "en")


@open_page
def home(request: HttpRequest) -> HttpResponse:
    here, now = language(), queries.edition()
    said = {
        "audiences": queries.audiences_here(here, now), "first_help": queries.first_help(here, now),
        "alerts": posts.alerts(here, now=now), "campaigns": posts.campaigns_near(here, now),
        "news": posts.news(here, now)[: posts.FRONT_NEWS],
        "head": heads.of_home(request.path, word("site.tagline", here), word("home.lead", here)),
    }  # fmt: skip
    return render(request, "portal/home.html", said)


@open_page
def hub(request: HttpRequest, audience: str) -> HttpResponse:
    if audience not in AUDIENCES:
        raise Http404
    age = request.GET.get("age", "")
    age = age if age in AGES and audience == "children" else ""
    here, now = language(), queries.edition()
    sheets = queries.hub(here, audience, age, now)
    readable = queries.languages_for(now, audience)
    if not sheets and not age:
        return elsewhere(request, readable)
    title, lead = word(f"portal.{audience}", here), word(f"portal.{audience}_lead", here)
    said = {
        "audience": audience, "sheets": sheets, "age": age, "ages": AGES if audience == "children" else (),
        "checklists": [one for one in queries.listed(here, Kind.CHECKLIST, now) if one.audience == audience],
        "alerts": posts.alerts(here, audience, now), "campaigns": posts.campaigns(here, audience, now),
        "resources": posts.resources(here, audience=audience, now=now),
        "opportunities": posts.opportunities(here, age, now) if audience == "children" else [],
        "head": heads.of_list(request.path, title, lead, readable), "contacts": queries.contacts(here, audience),
    }  # fmt: skip
    return render(request, "portal/hub.html", said)


@open_page
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        found = queries.sheet_for(slug, language())
    except Http404:
        if new := queries.moved_to(slug, queries.edition()):
            return redirect("portal:sheet", new, permanent=True)
        return elsewhere(request, queries.languages_of(slug))
    request.quiet = found.quiet  # type: ignore[attr-defined]  # a mark for the middleware
    is_easy = bool(found.easy) and _wants_easy(request)
    now, recorded = queries.edition_at(found), queries.recordings_of(found)
    said = {
        "sheet": found, "related": queries.related(found, now), "is_easy": is_easy,
        "is_spoken": found.language in SPOKEN, "recordings": recorded,
        "head": heads.of_sheet(request.path, found, now),
        "contacts": queries.contacts(language(), found.audience) if found.quiet else [],
    }  # fmt: skip
    response = render(request, "portal/sheet.html", said)
    let_play(response, recorded)
    return hushed(request, response) if found.quiet else response


def _wants_easy(request: HttpRequest) -> bool:
    """The twin was asked for by the page's own switch, or by the reader's display."""
    if "reading" in request.GET:
        return request.GET["reading"] == "easy"
    return ".easy" in f".{request.COOKIES.get('view', '')}"


def elsewhere(request: HttpRequest, readable: list[str]) -> HttpResponse:
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
    here, now = language(), queries.edition()
    held = queries.questions(here, now=now)
    title, lead = word("portal.questions", here), word("portal.questions_lead", here)
    readable = queries.languages_with(now, Kind.QUESTION)
    said = {"questions": held, "head": heads.of_questions(request.path, title, lead, readable, held)}
    return render(request, "portal/questions.html", said)


@open_page
def tools(request: HttpRequest) -> HttpResponse:
    here, now = language(), queries.edition()
    title, lead = word("portal.tools", here), word("portal.tools_lead", here)
    page_head = heads.of_list(request.path, title, lead, queries.languages_with(now, Kind.TOOL))
    return render(request, "portal/tools.html", {"tools": queries.listed(here, Kind.TOOL, now), "head": page_head})


@open_page
def tool(request: HttpRequest, slug: str) -> HttpResponse:
    return one_sheet(request, slug, Kind.TOOL, "portal/tool.html")


@open_page
def glossary(request: HttpRequest) -> HttpResponse:
    here, now = language(), queries.edition()
    terms = sorted(queries.listed(here, Kind.TERM, now), key=lambda one: one.title.casefold())
    readable = queries.languages_with(now, Kind.TERM)
    page_head = heads.of_terms(request.path, word("portal.glossary", here), readable, terms)
    return render(request, "portal/glossary.html", {"terms": terms, "head": page_head})


@open_page
def laws(request: HttpRequest) -> HttpResponse:
    here, now = language(), queries.edition()
    held = queries.listed(here, Kind.LAW, now)
    title, lead = word("portal.laws", here), word("portal.laws_lead", here)
    page_head = heads.of_laws(request.path, title, lead, queries.languages_with(now, Kind.LAW), held)
    return render(request, "portal/laws.html", {"laws": held, "head": page_head})


@open_page
def checklists(request: HttpRequest) -> HttpResponse:
    here, now = language(), queries.edition()
    page_head = heads.of_list(
        request.path, word("portal.checklists", here), "", queries.languages_with(now, Kind.CHECKLIST)
    )
    held = queries.listed(here, Kind.CHECKLIST, now)
    return render(request, "portal/checklists.html", {"checklists": held, "head": page_head})


@open_page
def checklist(request: HttpRequest, slug: str) -> HttpResponse:
    return one_sheet(request, slug, Kind.CHECKLIST, "portal/checklist.html")


@open_page
def page(request: HttpRequest, slug: str) -> HttpResponse:
    return one_sheet(request, slug, Kind.PAGE, "portal/page.html")


def one_sheet(request: HttpRequest, slug: str, kind: Kind, template: str) -> HttpResponse:
    try:
        found: Sheet = queries.sheet_for(slug, language(), kind)
    except Http404:
        return elsewhere(request, queries.languages_of(slug, kind))
    page_head = heads.of_sheet(request.path, found, queries.edition_at(found))
    return render(request, template, {"sheet": found, "head": page_head})


@open_page
def search(request: HttpRequest) -> HttpResponse:
    """What somebody looks for is theirs: the page is quiet, kept nowhere and counted without them."""
    request.quiet = True  # type: ignore[attr-defined]  # a mark for the middleware
    asked = request.GET.get("q", "").strip()[:200]
    found, meant = queries.answers(asked, language()) if asked else ([], "")
    if asked:
        services.count_question(asked, language(), is_found=bool(found) and not meant)
    said = {
        "asked": asked, "answers": found, "meant": meant,
        "first_help": queries.first_help(language()) if not found else [],
    }  # fmt: skip
    return hushed(request, render(request, "portal/search.html", said))
