"""What can be taken along: a file for a stick, a reader or a printer."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from panoh.ground.ui.opening import hushed, language, open_page

from .. import books, keeping, offline, policy, printing, queries, services
from ..queries import Told

KINDS = {"pdf": "application/pdf", "zip": "application/zip", "epub": "application/epub+zip"}
MAKERS: dict[str, Callable[[Told, str], bytes]] = {"pdf": printing.sheet, "zip": offline.pack, "epub": books.book}


@open_page
def piece_file(request: HttpRequest, kind: str, slug: str, form: str) -> HttpResponse:
    """A piece as one file, made once for what stands in it."""
    told = queries.told_for(kind, slug, language())
    if form not in policy.forms_of(told.piece):
        raise Http404
    return _taken(request, told, form, f"piece.{form}", lambda mark: MAKERS[form](told, mark))


@open_page
def guide_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The teacher's guide on paper."""
    told = queries.told_for("workbook", slug, language())
    return _taken(request, told, "pdf", "guide.pdf", lambda mark: printing.guide(told, mark))


@open_page
def lesson_sheet(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """One lesson of a path on paper."""
    told = queries.told_for("paths", slug, language())
    if code not in told.piece.codes:
        raise Http404
    return _taken(request, told, "pdf", f"lesson-{code}.pdf", lambda mark: printing.lesson(told, code, mark))


def _taken(request: HttpRequest, told: Told, form: str, name: str, make: Callable[[str], bytes]) -> HttpResponse:
    """Counted each time, so the front keeps none. A quiet piece has a name that says nothing."""
    response = HttpResponse(keeping.kept(told, name, make), content_type=KINDS[form])
    shown = told.kind if policy.is_quiet(told.piece) else told.slug
    response["Content-Disposition"] = f'attachment; filename="{shown}-{told.language}.{form}"'
    request.is_counted = True  # type: ignore[attr-defined]  # a mark for ``open_page``
    if request.method == "GET":
        services.count_play(f"{told.kind}/{told.slug}", told.language, form)
    return hushed(request, response) if policy.is_quiet(told.piece) else response
