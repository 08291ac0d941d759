"""A whole report at once: what it costs, and that the short way leaves what the long way leaves."""

import uuid
from typing import Any

import pytest

from panoh.care.reports import services
from panoh.care.reports.models import Report
from panoh.care.talks import public as talks

from .form_cast import ALL, filed

pytestmark = pytest.mark.django_db


def test_a_whole_report_is_written_and_nothing_of_it_is_read_back(django_assert_max_num_queries: Any) -> None:
    """Ten tables or bells, a transaction's begin and end among them; the key store has its own."""
    filed()
    with django_assert_max_num_queries(10) as said:
        filed()
    assert [one["sql"] for one in said if one["sql"].startswith("SELECT")] == []


def test_at_once_or_step_by_step_the_same_is_kept() -> None:
    at_once, stepwise = filed(safe_hours="08_12"), _stepwise(safe_hours="08_12")
    assert _left(at_once) == _left(stepwise)


def _stepwise(**changes: str) -> Report:
    report = services.start_report(channel=talks.Channel.WEB, language="uz", key=uuid.uuid4())
    for code, value in {**ALL, **changes}.items():
        services.answer_question(report, code, value)
    return services.send_report(report)


def _left(report: Report) -> dict[str, Any]:
    """What stands in the tables, without moments and keys."""
    kept = Report.objects.get(pk=report.pk)
    clocks = kept.clocks.order_by("due_at")
    first = clocks.first()
    assert first
    assert kept.due_at == first.due_at
    return {
        "codes": [kept.status, kept.shown_status, kept.urgency, kept.kind, kept.region, kept.sex, kept.platform],
        "answers": sorted(kept.answers.values_list("question", flat=True)),
        "addresses": list(kept.addresses.order_by("number").values_list("number", "lookup", "host_lookup")),
        "clocks": [clock.kind for clock in clocks],
        "lines": [(line.direction, line.text) for line in talks.all_lines(kept.conversation)],
        "last": kept.conversation.last_seq,
        "hours": (kept.conversation.safe_from, kept.conversation.safe_until),
    }
