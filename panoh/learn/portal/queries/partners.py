"""What the partner register says: at the desk all of it, on the street what a person has published."""

from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.languages.public import to_script

from .. import policy
from ..models import Partner, PartnerKind, Pledge, PledgeChange, PledgeState

WRITTEN = ("uz", "ru", "en")
OVERDUE = "overdue"
# Days before a promise is due (below zero: after it), and the step of the reminder that is then sent.
STEPS = ((30, 1), (14, 2), (7, 3), (1, 4), (-1, 5), (-30, 6))


class Said(NamedTuple):
    """A text and the language it is in, which may be another than the reader's."""

    text: str
    language: str


class ShownPledge(NamedTuple):
    """``state`` is a code of ``PledgeState``, or "overdue"."""

    what: Said
    measure: Said
    state: str
    due_on: date
    first_due_on: date | None
    reason: Said
    result: Said
    evidence_url: str


class ShownPartner(NamedTuple):
    name: str
    kind: str
    website: str
    pledges: list[ShownPledge]


class RegisterLine(NamedTuple):
    """A partner as the desk lists them."""

    partner: Partner
    name: str
    pledges: list[Pledge]
    overdue: int
    kept: int


def said_in(texts: dict[str, str], language: str) -> Said:
    """The text in this language; Cyrillic is turned from Latin; else the first there is, with its own language."""
    if language == "uz-cyrl" and texts.get("uz"):
        return Said(to_script(texts["uz"], language), language)
    for code in (language, *WRITTEN):
        if texts.get(code):
            return Said(texts[code], code)
    return Said("", language)


def state_of(pledge: Pledge) -> str:
    return OVERDUE if pledge.is_overdue() else pledge.state


# --- the desk --------------------------------------------------------------------------------------------------------


def partner_for(user: User, code: str) -> Partner:
    """The one gate to a partner: a hidden one and a missing one look the same."""
    return get_object_or_404(policy.visible_partners(user).select_related("organisation", "responsible"), code=code)


def pledge_for(user: User, code: str) -> Pledge:
    pledges = Pledge.objects.filter(partner__in=policy.visible_partners(user))
    return get_object_or_404(pledges.select_related("partner__organisation", "partner__responsible"), code=code)


def register(user: User, asked: dict[str, Any]) -> list[RegisterLine]:
    """Every partner with their promises, by name. ``asked`` may hold kind, state (or "overdue") and published."""
    rows = policy.visible_partners(user).select_related("organisation", "responsible").prefetch_related("pledges")
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
    if asked.get("published"):
        rows = rows.filter(published_at__isnull=asked["published"] == "no")
    lines = [_line(row, user.language) for row in rows]
    wanted = asked.get("state")
    found = [line for line in lines if not wanted or any(state_of(one) == wanted for one in line.pledges)]
    return sorted(found, key=lambda line: line.name.casefold())


def _line(partner: Partner, language: str) -> RegisterLine:
    pledges = list(partner.pledges.all())
    overdue = sum(one.is_overdue() for one in pledges)
    kept = sum(one.state == PledgeState.KEPT for one in pledges)
    return RegisterLine(partner, partner.name_in(language), pledges, overdue, kept)


def pledge_cells(lines: Iterable[RegisterLine], language: str) -> Iterable[list[object]]:
    """A row for each promise, to take away as a table."""
    for line in lines:
        for one in line.pledges:
            yield [
                line.name, str(PartnerKind(line.partner.kind).label), said_in(one.what, language).text,
                said_in(one.measure, language).text, one.first_due_on.isoformat(), one.due_on.isoformat(),
                str(PledgeState(one.state).label), _("yes") if one.is_overdue() else _("no"),
                said_in(one.reason, language).text, said_in(one.result, language).text, one.evidence_url,
            ]  # fmt: skip


def pledges_of(partner: Partner) -> QuerySet[Pledge]:
    """With their history, the newest change first."""
    changes = Prefetch("changes", queryset=PledgeChange.objects.select_related("by"))
    return partner.pledges.prefetch_related(changes)


# --- the street ------------------------------------------------------------------------------------------------------


def shown_partners(language: str) -> list[ShownPartner]:
    """What was published, in the reader's language: partners by name, their promises by day."""
    public = Prefetch("pledges", queryset=Pledge.objects.filter(published_at__isnull=False))
    rows = Partner.objects.filter(published_at__isnull=False).select_related("organisation").prefetch_related(public)
    shown = [
        ShownPartner(row.name_in(language), row.kind, row.website, [_shown(one, language) for one in row.pledges.all()])
        for row in rows
    ]
    return sorted(shown, key=lambda one: one.name.casefold())


def _shown(pledge: Pledge, language: str) -> ShownPledge:
    return ShownPledge(
        what=said_in(pledge.what, language),
        measure=said_in(pledge.measure, language),
        state=state_of(pledge),
        due_on=pledge.due_on,
        first_due_on=pledge.first_due_on if pledge.is_moved else None,
        reason=said_in(pledge.reason, language),
        result=said_in(pledge.result, language),
        evidence_url=pledge.evidence_url,
    )


def counted(partners: Iterable[ShownPartner]) -> dict[str, int]:
    """How many published promises are in each state, states without any left out."""
    order = [PledgeState.KEPT, PledgeState.ON_THE_WAY, PledgeState.PROMISED, OVERDUE, PledgeState.NOT_KEPT,
             PledgeState.WITHDRAWN]  # fmt: skip
    states = [one.state for partner in partners for one in partner.pledges]
    return {str(state): states.count(state) for state in order if state in states}


# --- reminders -------------------------------------------------------------------------------------------------------


def step_of(due_on: date, today: date | None = None) -> int:
    """The last reminder that should have been sent by now, 0 for none."""
    left = (due_on - (today or timezone.localdate())).days
    return max((step for days, step in STEPS if left <= days), default=0)
