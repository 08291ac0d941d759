"""A course to take along: what it is and how big, and the file. The same for everybody, so always the current one."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import packing
from ..models import Course, CourseEdition
from ..queries import courses as queries
from ..queries import mine
from . import heads
from .opening import language, open_page
from .street import elsewhere


@open_page
def pack(request: HttpRequest, course: str) -> HttpResponse:
    found, edition = _current(course)
    if language() not in edition.languages:
        return elsewhere(request, edition)
    words = mine.words_in(edition, language())
    said = {
        "course": found,
        "edition": edition,
        "course_words": words,
        "file": packing.packed(found, edition, language()),
        "site": settings.PUBLIC_URL,
        "head": heads.of_page(request.path, edition, _("Take the course along"), words["summary"]),
    }
    return render(request, "academy/pack.html", said)


@login_not_required
@require_safe
def pack_file(request: HttpRequest, course: str) -> HttpResponse:
    found, edition = _current(course)
    if language() not in edition.languages:
        return elsewhere(request, edition)
    made = packing.packed(found, edition, language())
    return HttpResponse(
        made.path.read_bytes(),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{made.name}"'},
    )


def _current(code: str) -> tuple[Course, CourseEdition]:
    found = queries.course_for(code)
    if found.current is None:
        raise Http404
    return found, found.current
