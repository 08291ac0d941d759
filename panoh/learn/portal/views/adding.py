"""A new writing: first its kind, then a form that has the fields of this kind and no others."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.snippets.views.snippets import CreateView, PreviewOnCreateView

from .. import queries
from ..forms.board import KINDS
from ..models import EditableKind, Writing


def with_kind(address: str, kind: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}kind={kind}"


class WritingAdd(CreateView):
    @property
    def kind(self) -> str:
        asked = self.request.GET.get("kind", "")
        return asked if asked in EditableKind.values else ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.kind:
            return super().get(request, *args, **kwargs)
        here = super().get_add_url()
        kinds = [(with_kind(here, kind), label, KINDS[EditableKind(kind)]) for kind, label in EditableKind.choices]
        return render(request, "portal/writing/choose.html", {"kinds": kinds})

    def get_add_url(self) -> str:
        return with_kind(super().get_add_url(), self.kind) if self.kind else super().get_add_url()

    def get_preview_url(self) -> str:
        return f"{super().get_preview_url()}?locale={self.locale.language_code}"

    def get_page_subtitle(self) -> str:
        return str(EditableKind(self.kind).label) if self.kind else super().get_page_subtitle()

    def get_initial_form_instance(self) -> Writing:
        made: Writing = super().get_initial_form_instance()
        made.kind = self.kind or made.kind
        return made


class WritingPreviewOnAdd(PreviewOnCreateView):
    """What is not kept yet has a language too."""

    def get_object(self) -> Writing:
        return Writing(locale=queries.locale_for(self.request.GET.get("locale", "")))
