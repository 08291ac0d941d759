"""Names of codes on the pages of a case."""

from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from panoh.ground.languages.public import lang_tag

from .. import rules
from ..forms.labels import label as label_of
from ..models import Case

register = template.Library()


@register.filter
def case_label(code: object, of: str) -> str:
    """``{{ case.status|case_label:"status" }}``"""
    return label_of(code, of) if code is not None else ""


@register.filter
def case_labels(codes: list[str], of: str) -> str:
    return ", ".join(label_of(code, of) for code in codes)


@register.filter
def region(code: str) -> str:
    return rules.region(code, rules.reader()) if code else ""


@register.filter
def u(urgency: int) -> str:
    """The code of an urgency, as the badge wants it."""
    return f"u{urgency}"


@register.filter
def tag(language: str) -> str:
    return lang_tag(language)


@register.filter
def own_name(language: str) -> str:
    """A language in its own script."""
    return dict(settings.LANGUAGES).get(language, language)


@register.filter
def is_late(moment: Any) -> bool:
    return bool(moment) and moment < timezone.now()


@register.filter
def day_is_late(day: Any) -> bool:
    return bool(day) and day < timezone.localdate()


@register.simple_tag
def act(case: Case, verb: str, *more: object) -> str:
    """Where a form of this case goes: ``{% act case "add_note" %}``"""
    return reverse(f"cases:{verb}", args=[case.reference, *more])


RISK_BADGES = {"high": "badge-danger", "medium": "badge-warning", "low": "badge-info"}


@register.filter
def risk_badge(risk: str) -> str:
    return RISK_BADGES.get(risk, "")
