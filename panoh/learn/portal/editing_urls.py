"""Wagtail's addresses under ours. Every one of them passes our gate."""

from collections.abc import Iterable

from django.urls import URLPattern, URLResolver
from wagtail.admin.urls import urlpatterns as theirs

from .views.editing import guarded


def gate(patterns: Iterable[URLPattern | URLResolver]) -> None:
    for item in patterns:
        if isinstance(item, URLResolver):
            gate(item.url_patterns)
        else:
            item.callback = guarded(item.callback)


urlpatterns = theirs
gate(urlpatterns)
