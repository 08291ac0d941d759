"""What a partner's system may read: its own referrals, newest first, page by page."""

from typing import Any, NamedTuple

from django.db.models import Q

from panoh.care.cases import public as cases
from panoh.ground.common.centre import centre_file
from panoh.ground.organisations import public as organisations

PER_PAGE, MOST = 50, 100


class Page(NamedTuple):
    items: list[cases.Referral]
    next: str | None


def referrals_page(organisation: organisations.Organisation, *, after: str, status: str, limit: int) -> Page:
    """``after`` is the reference of the last one had; one that is not theirs is a 404 like any other."""
    found = cases.referrals_for_organisation(organisation).order_by("-sent_at", "-pk")
    if status:
        found = found.filter(status=status)
    if after:
        last = cases.referral_of_organisation(organisation, after)
        found = found.filter(Q(sent_at__lt=last.sent_at) | Q(sent_at=last.sent_at, pk__lt=last.pk))
    rows = list(found[: limit + 1])
    return Page(rows[:limit], rows[limit - 1].reference if len(rows) > limit else None)


def codes() -> dict[str, list[str]]:
    """What an agency chooses from, and the services it may be asked for."""
    answers = centre_file("referrals.toml")["answers"]
    services = [code for code, _name in organisations.service_choices("en")]
    return {"decline": list(answers["decline"]), "outcome": list(answers["outcome"]), "service": services}


def referral_facts(referral: cases.Referral) -> dict[str, Any]:
    names = (
        "reference",
        "status",
        "urgency",
        "service",
        "language",
        "sent_at",
        "due_at",
        "acknowledged_at",
        "answered_at",
        "completed_at",
        "ended_at",
        "answer_code",
        "outcome_code",
    )
    return {name: getattr(referral, name) for name in names}


def exchange_facts(referral: cases.Referral) -> list[dict[str, Any]]:
    """Their questions and our answers, without the names of our people."""
    return [{"direction": line.direction, "text": line.text, "at": line.at} for line in cases.exchange_of(referral)]
