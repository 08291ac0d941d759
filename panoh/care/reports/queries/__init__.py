"""Reads of the report room, and the gate to a report."""

from django.shortcuts import get_object_or_404

from panoh.ground.accounts.public import User

from .. import policy
from ..models import Report
from .street import (
    BROWSER_SECONDS,
    Said,
    advice_for,
    answers_of,
    asked_of,
    has_receipt,
    is_flooded,
    most_of_one_browser,
    next_question,
    platform_to_tell,
    report_of,
    safe_hours_code,
    said_in,
    status_word,
    times_opened,
    where_answer,
    writes_too_fast,
)


def report_for(user: User, reference: str) -> Report:
    """The one gate to a report: a hidden report and a missing one look the same."""
    return get_object_or_404(policy.visible_reports(user).select_related("conversation"), reference=reference)


def readable_references(user: User, references: list[str]) -> list[str]:
    """Those of several reports that this person may open."""
    rows = policy.visible_reports(user).filter(reference__in=references)
    return list(rows.values_list("reference", flat=True)) if references else []


__all__ = [
    "BROWSER_SECONDS",
    "Said",
    "advice_for",
    "answers_of",
    "asked_of",
    "has_receipt",
    "is_flooded",
    "most_of_one_browser",
    "next_question",
    "platform_to_tell",
    "readable_references",
    "report_for",
    "report_of",
    "safe_hours_code",
    "said_in",
    "status_word",
    "times_opened",
    "where_answer",
    "writes_too_fast",
]
