"""What can be taken along: a file for a stick, a reader or a printer."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse

from panoh.ground.ui.opening import hushed, language, open_page

from .. import books, keeping, offline, policy, queries, services
from ..queries import Told

KINDS = {"zip": "application/zip", "epub": "application/epub+zip"}
MAKERS: dict[str, Callable[[Told, str], bytes]] = {"zip": offline.pack, "epub": books.book}


@open_page
def piece_file(request: HttpRequest, kind: str, slug: str, form: str) -> HttpResponse:
    """A piece as one file, made once for what stands in it."""
    told = queries.told_for(kind, slug, language())
    return _taken(request, told, form, f"piece.{form}", lambda mark: MAKERS[form](told, mark))


def _taken(request: HttpRequest, told: Told, form: str, name: str, make: Callable[[str], bytes]) -> HttpResponse:
    """Counted each time, so the front keeps none. A quiet piece has a name that says nothing."""
    if form not in policy.forms_of(told.piece):
        raise Http404
    response = HttpResponse(keeping.kept(told, name, make), content_type=KINDS[form])
    shown = told.kind if policy.is_quiet(told.piece) else told.slug
    response["Content-Disposition"] = f'attachment; filename="{shown}-{told.language}.{form}"'
    request.is_counted = True  # type: ignore[attr-defined]  # a mark for ``open_page``
    if request.method == "GET":
        services.count_play(f"{told.kind}/{told.slug}", told.language, form)
    return hushed(request, response) if policy.is_quiet(told.piece) else response
