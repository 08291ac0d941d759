"""Names of codes, and small things the desk's pages say about time."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone

from panoh.ground.languages.public import lang_tag
from panoh.ground.places.public import region_name
from panoh.ground.ui.templatetags.ui import spoken as as_spoken

from ..forms.labels import label as label_of
from ..forms.labels import reader

register = template.Library()


@register.filter
def label(code: object, of: str) -> str:
    """``{{ talk.status|label:"status" }}``"""
    return label_of(code, of) if code not in {None, ""} else ""


@register.filter
def labels(codes: Iterable[str] | str, of: str) -> list[str]:
    """Names of several codes, a list's or a spaced text's."""
    found = codes.split() if isinstance(codes, str) else codes
    return [label_of(code, of) for code in found]


@register.filter
def chapters(text: str) -> list[tuple[str, str]]:
    """A long word in parts, each a heading and what stands below it; parts are parted by an empty line."""
    parts = [part.partition("\n") for part in text.strip().split("\n\n")]
    return [(title, body) for title, _, body in parts]


@register.filter
def region(code: str) -> str:
    return region_name(code, reader()) if code else ""


@register.filter
def opening(at: datetime) -> str:
    """When the desk opens, by the local clock; with its day when that is not today."""
    local = timezone.localtime(at)
    return local.strftime("%H:%M" if local.date() == timezone.localdate() else "%d.%m.%Y, %H:%M")


@register.filter
def tag(language: str) -> str:
    """The language tag that browsers and screen readers know."""
    return lang_tag(language)


@register.filter
def u(urgency: int) -> str:
    """The code of an urgency, as the badge wants it."""
    return f"u{urgency}"


@register.filter
def own_name(language: str) -> str:
    """A language in its own script."""
    return dict(settings.LANGUAGES).get(language, language)


@register.filter
def own_names(languages: str) -> str:
    """Several languages, each in its own script."""
    return ", ".join(own_name(code) for code in languages.split())


@register.filter
def is_today(moment: Any) -> bool:
    return bool(moment) and timezone.localtime(moment).date() == timezone.localdate()


@register.filter
def changed(changes: dict[str, list[Any]]) -> list[tuple[str, str, str]]:
    """The rows of a correction: field, before, now."""
    rows = ((field, *pair) for field, pair in changes.items())
    return [(label_of(field, "field"), _said(field, before), _said(field, now)) for field, before, now in rows]


def _said(field: str, value: Any) -> str:
    if field == "region":
        return region(value)
    return ", ".join(label_of(code, field) for code in (value if isinstance(value, list) else [value]) if code) or "–"


@register.filter
def size(count: int) -> str:
    """Bytes as people say them."""
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{max(1, round(count / 1000))} kB"


@register.filter
def spoken(seconds: int) -> str:
    """A stretch of time as a person would say it."""
    return as_spoken(seconds)
