"""How often what was played: counts, never children."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from panoh.ground.accounts.public import StaffRequest, opens_to

from .. import counts, policy, tables

PER_PAGE = 50
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


@require_safe
@opens_to(*policy.COUNT_READERS)
def plays(request: StaffRequest) -> HttpResponse:
    asked = _asked(request)
    page = Paginator(counts.plays(**asked), PER_PAGE).get_page(request.GET.get("page"))
    titles = _titles()
    said = {
        **asked, "page": page, "rows": [(one, *_names(one, titles)) for one in page], "periods": counts.PERIODS,
        "languages": settings.LANGUAGES, "columns": _columns(), "fewest": counts.FEWEST, "forms": tuple(TYPES),
        "query": _query(asked),
    }  # fmt: skip
    return render(request, "playroom/desk/plays.html", said)


@require_safe
@opens_to(*policy.COUNT_READERS)
def plays_file(request: StaffRequest, form: str) -> HttpResponse:
    """The same table whole, small counts left out of it as well."""
    if form not in TYPES:
        raise Http404
    asked = _asked(request)
    head = [*([_("Day")] if asked["daily"] else []), _("Piece"), _("Language and script"), *_columns()]
    titles = _titles()
    rows = [_cells(one, titles) for one in counts.plays(**asked)]
    response = HttpResponse(tables.written(form, head, rows), content_type=TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="plays.{form}"'
    return response


def _asked(request: HttpRequest) -> dict[str, Any]:
    """What the form asks for; nonsense is the first of each."""
    days, language = request.GET.get("days", ""), request.GET.get("language", "")
    return {
        "days": int(days) if days in {str(one) for one in counts.PERIODS} else counts.PERIODS[0],
        "language": language if language in dict(settings.LANGUAGES) else "",
        "daily": request.GET.get("by") == "day",
    }


def _query(asked: dict[str, Any]) -> str:
    return f"days={asked['days']}&language={asked['language']}" + ("&by=day" if asked["daily"] else "")


def _titles() -> dict[str, str]:
    return counts.titles(get_language() or settings.LANGUAGE_CODE)


def _names(one: counts.Played, titles: Mapping[str, str]) -> tuple[str, str]:
    return titles.get(one.piece, one.piece), str(dict(settings.LANGUAGES).get(one.language, one.language))


def _cells(one: counts.Played, titles: Mapping[str, str]) -> list[str | int]:
    few = _("fewer than %(n)d") % {"n": counts.FEWEST}
    said: list[str | int] = [few if n is None else n for n in one.told]
    return [*([one.day.isoformat()] if one.day else []), *_names(one, titles), *said]


def _columns() -> list[str]:
    return [
        _("Begun"), _("Finished"), _("Begun in Telegram"), _("Finished in Telegram"), _("Printed (PDF)"),
        _("Book (EPUB)"), _("For a stick (ZIP)"),
    ]  # fmt: skip
