"""Names of codes on the pages of a case."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from panoh.ground.languages.public import lang_tag
from panoh.ground.ui.templatetags.ui import urgency_badge

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


# --- the rows of the list ------------------------------------------------------------------------------------------


@register.simple_tag
def case_rows(cases: Iterable[Case], ticks: bool = False) -> SafeString:
    """The list's rows. Twenty-five of them as a template are six hundred nodes, half of what the page costs."""
    reader, now = rules.reader(), timezone.now()
    return mark_safe("".join(_row(one, bool(ticks), reader, now) for one in cases))  # noqa: S308 (escaped in ``_row``)


def _row(case: Case, ticks: bool, reader: str, now: datetime) -> str:
    """One row; codes and references are ours, names and aliases are escaped."""
    name, address = case.reference, reverse("cases:case", args=[case.reference])
    tick = f'<td><input type="checkbox" name="case" value="{name}" form="bulk" aria-label="{name}"></td>'
    due = case.next_due_at
    late = ' class="late"' if due and due < now else ""
    owner = escape(case.owner.name) if case.owner else "–"
    return (
        f'<tr>{tick if ticks else ""}<th scope="row"><a class="ref" href="{address}">{name}</a> '
        f'<span class="muted">{escape(case.alias)}</span></th>'
        f"<td>{escape(case_label(case.status, 'status'))}</td>"
        f'<td><span class="badge {RISK_BADGES.get(case.risk, "")}">{escape(case_label(case.risk, "risk"))}</span></td>'
        f"<td>{_urgency(case.urgency, reader)}</td><td>{escape(region(case.region))}</td><td>{owner}</td>"
        f"<td{late}>{_moment(due, 'j M, H:i', reader) if due else '–'}</td>"
        f"<td>{_moment(case.changed_at, 'j M Y, H:i', reader)}</td></tr>\n"
    )


@lru_cache(maxsize=64)
def _urgency(urgency: int, _reader: str) -> str:
    return urgency_badge(u(urgency))


def _moment(at: datetime, form: str, reader: str) -> str:
    return _spelled(timezone.localtime(at).replace(second=0, microsecond=0), form, reader)


@lru_cache(maxsize=4096)
def _spelled(at: datetime, form: str, _reader: str) -> str:
    return escape(date_format(at, form))
