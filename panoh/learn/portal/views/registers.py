"""What the desk's registers share: a refusal goes back into its form, a table leaves as a file."""

from collections.abc import Callable, Iterable, Sequence

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from ..errors import RegisterRefusedError
from ..spreadsheets import written


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the form was right and ``act`` was not refused."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except RegisterRefusedError as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def wants_csv(request: HttpRequest) -> bool:
    return request.GET.get("file") == "csv"


def csv_file(name: str, head: Sequence[object], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A table to take away, with the day in its name."""
    response = HttpResponse(written(head, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{timezone.localdate().isoformat()}.csv"'
    return response
