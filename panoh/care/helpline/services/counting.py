"""The facts of the helpline: written when a contact is final, in the same transaction, and moved by its corrections."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from panoh.ground.common.cells import Cell, Row, add, add_all, band, month_of, move, settle

from ..models import Amendment, Contact, Talk
from ..models.facts import (
    FACTS,
    ActionCell,
    DemandCell,
    HarmCell,
    HarmPlaceCell,
    PeopleCell,
    ReasonCell,
    ServiceCell,
)

MINUTE = 60.0
WAITED = ((MINUTE, "1m"), (5 * MINUTE, "5m"), (30 * MINUTE, "30m"), (1440 * MINUTE, "1d"))
LASTED = ((5 * MINUTE, "5m"), (15 * MINUTE, "15m"), (30 * MINUTE, "30m"), (60 * MINUTE, "1h"))
NEVER, MORE = "never", "more"
LATE_AT_ONCE = 5000
STRIPPED: dict[str, Any] = {
    "subject": "", "age_band": "", "sex": "", "region": "", "reasons": [], "harms": [], "place": "", "platform": "",
    "actions": [],
}  # fmt: skip
Tally = dict[type[Cell], list[Row]]


def count_contact(contact: Contact) -> bool:
    """Write the facts of a final contact; once, however often it is called. The caller is in the transaction."""
    if not Contact.objects.filter(pk=contact.pk, status="final", counted=False).update(counted=True):
        return False
    held = Contact.objects.select_related("talk").get(pk=contact.pk)
    for model, rows in tally(held).items():
        add_all(model, _month(held), dict.fromkeys(rows, 1))
    count_arrival(held.started_at, channel=held.channel, answered=held.talk is None or _answered(held.talk))
    contact.counted = True
    return True


def recount_contact(contact: Contact, before: Tally) -> None:
    """A counted contact was corrected: it leaves the cells of ``before`` and stands in those of its codes now."""
    if contact.counted:
        for model, rows in tally(contact).items():
            move(model, _month(contact), before[model], rows)


def count_arrival(at: datetime, *, channel: str, answered: bool) -> None:
    """Somebody came at this hour; whether anybody answered is all that is kept beside it."""
    local = timezone.localtime(at)
    codes: dict[str, str | int] = {"weekday": local.isoweekday(), "hour": local.hour, "channel": channel}
    add(DemandCell, month_of(at), {**codes, "answered": "yes" if answered else "no"})


def tally(contact: Contact) -> Tally:
    """The cells a contact stands in, by table; each row in the order of the table's codes."""
    who = (contact.age_band, contact.sex, contact.region)
    where = (contact.place, contact.platform)
    return {
        PeopleCell: [(contact.channel, contact.contact_type, contact.subject, *who)],
        ServiceCell: [(contact.channel, contact.language, contact.urgency or 0, *_service(contact))],
        ReasonCell: [(code, *who) for code in _codes(contact.reasons)],
        HarmCell: [(code, *who) for code in _codes(contact.harms)],
        HarmPlaceCell: [(code, *where) for code in _codes(contact.harms)],
        ActionCell: [(code, contact.outcome, contact.contact_type) for code in _codes(contact.actions)],
    }


def strip_contacts(contacts: QuerySet[Contact], *, at: datetime) -> int:
    """The words of these are gone; from now on what they were about stands in the facts alone. How many."""
    for late in contacts.filter(status="final", counted=False):  # final before there were facts
        count_contact(late)
    Amendment.objects.filter(contact__in=contacts).update(changes={}, reason=b"")
    return contacts.update(summary=None, forgotten_at=at, **STRIPPED)


@transaction.atomic
def settle_facts() -> int:
    """At night: what was final before there were facts is counted, and the order in which facts were written goes.

    How many cells there are.
    """
    for late in Contact.objects.filter(status="final", counted=False)[:LATE_AT_ONCE]:
        count_contact(late)
    tables: tuple[type[Cell], ...] = (*FACTS, DemandCell)
    return sum(settle(model) for model in tables)


def _codes(listed: Iterable[str]) -> list[str]:
    """Each code once; nothing chosen is counted too, so that what is not known can be seen."""
    return sorted(set(listed)) or [""]


def _service(contact: Contact) -> tuple[str, str, str]:
    """How it ended, how long they waited for a human, how long it lasted."""
    if contact.talk is None:
        return "finished", "", _lasted(contact.started_at, contact.ended_at)
    talk = contact.talk
    lasted = _lasted(talk.accepted_at, talk.closed_at) if _answered(talk) else ""
    return talk.close_reason, _waited(talk), lasted


def _waited(talk: Talk) -> str:
    if talk.waiting_since is None:
        return ""  # left before asking for a human
    if talk.first_human_reply_at is None:
        return NEVER
    return band((talk.first_human_reply_at - talk.waiting_since).total_seconds(), WAITED, MORE)


def _lasted(begun: datetime | None, ended: datetime | None) -> str:
    return band((ended - begun).total_seconds() if begun and ended else None, LASTED, MORE)


def _answered(talk: Talk) -> bool:
    return talk.first_human_reply_at is not None


def _month(contact: Contact) -> date:
    return month_of(contact.finalized_at or contact.started_at)
