"""By hand: calls, visits and letters go the same way as talks; calls to return; calls nobody answered."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User, may
from panoh.ground.audit import public as audit
from panoh.ground.common.codes import new_code
from panoh.ground.vault import public as vault

from .. import policy
from ..errors import CallRefusedError
from ..models import CallBack, Contact, MissedCall
from .counting import count_arrival

BY_HAND = (talks.Channel.PHONE, talks.Channel.WALK_IN, talks.Channel.LETTER)
MOST_ROWS = 50_000


@transaction.atomic
def log_call(*, channel: str, language: str, by: User, started_at: datetime | None = None) -> Contact:
    """One click when the telephone rings: a draft contact that fills while talking."""
    if channel not in BY_HAND or not may(by, *policy.DESK):
        raise CallRefusedError(_("Only calls, visits and letters are logged by hand."))
    contact = Contact.objects.create(
        reference=f"K-{new_code()}",
        channel=channel,
        language=language,
        data_key=vault.new_key("contact"),
        started_at=started_at or timezone.now(),
        by=by,
    )
    audit.record("contact.logged", thing=contact.reference, actor=by.code, channel=channel)
    return contact


@transaction.atomic
def ask_call_back(
    *,
    number: str,
    language: str,
    note: str = "",
    urgency: int = 3,
    safe_from: time | None = None,
    safe_until: time | None = None,
    by: User,
) -> CallBack:
    """Somebody wants to be called, at an hour when it is safe for them."""
    digits = re.sub(r"[^\d+]", "", number)
    if not 5 <= len(digits) <= 16:
        raise CallRefusedError(_("This does not look like a telephone number; nothing was saved."))
    key = vault.new_key("call-back")
    entry = CallBack(data_key=key, language=language, urgency=urgency, safe_from=safe_from, safe_until=safe_until)
    entry.number = vault.seal(key, digits, where=f"helpline.call_back:{entry.pk}")
    entry.note = vault.seal(key, note, where=f"helpline.call_back_note:{entry.pk}") if note else None
    entry.save(force_insert=True)
    audit.record("call_back.asked", thing=f"cb-{entry.pk}", actor=by.code, urgency=urgency)
    return entry


@transaction.atomic
def take_call_back(entry: CallBack, *, by: User) -> CallBack:
    """I call now; nobody else does. A supervisor takes over what somebody left behind."""
    held = CallBack.objects.select_for_update().get(pk=entry.pk)
    is_mine = held.status == "taken" and (held.taken_by_id == by.pk or policy.can_lead(by))
    if held.status not in {"open", "not_reached"} and not is_mine:
        raise CallRefusedError(_("Somebody else is calling already."))
    held.status, held.taken_by = "taken", by
    held.save(update_fields=["status", "taken_by"])
    audit.record("call_back.taken", thing=f"cb-{held.pk}", actor=by.code)
    return held


@transaction.atomic
def finish_call_back(entry: CallBack, *, outcome: str, by: User) -> CallBack:
    """Reached, not reached (it goes back to the list) or cancelled."""
    held = CallBack.objects.select_for_update().get(pk=entry.pk)
    if held.status != "taken" or held.taken_by_id != by.pk or outcome not in {"reached", "not_reached", "cancelled"}:
        raise CallRefusedError(_("Take the call first."))
    held.status, held.tries = outcome, held.tries + 1
    held.done_at = timezone.now() if outcome != "not_reached" else None
    held.save(update_fields=["status", "tries", "done_at"])
    audit.record("call_back.finished", thing=f"cb-{held.pk}", actor=by.code, outcome=outcome)
    return held


@dataclass(slots=True)
class Imported:
    """How an import of missed calls went; ``refused`` are (line, reason) and nothing of them was kept."""

    added: int = 0
    known: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)


@transaction.atomic
def import_missed_calls(text: str, *, by: User) -> Imported:
    """Read call records: CSV with columns id, started_at (ISO 8601), caller, answered, waited_seconds.

    Rows answered by somebody are skipped; the same record twice is one; a bad row is named and the rest is kept.
    """
    result = Imported()
    for line, row in _rows(text):
        call, reason = _missed_call(row)
        if reason:
            result.refused.append((line, reason))
        elif call is not None:
            made = MissedCall.objects.get_or_create(record_id=call.pop("record_id"), defaults=call)[1]
            if made:
                count_arrival(call["at"], channel=talks.Channel.PHONE, answered=False)
            result.added += made
            result.known += not made
    audit.record("missed_calls.imported", thing="missed-calls", actor=by.code, added=result.added)
    return result


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    unreadable = _("The file needs a first line with: id, started_at, caller, answered, waited_seconds.")
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    try:
        if not {"id", "started_at", "answered"} <= set(reader.fieldnames or ()):
            raise CallRefusedError(unreadable)
        for line, row in enumerate(reader, start=2):
            if line > MOST_ROWS:
                raise CallRefusedError(_("The file has more than 50,000 lines; nothing was imported."))
            yield line, {key: (value or "").strip() for key, value in row.items() if key and isinstance(value, str)}
    except csv.Error as broken:
        raise CallRefusedError(unreadable) from broken


def _missed_call(row: dict[str, str]) -> tuple[dict[str, Any] | None, str]:
    if row.get("answered", "").lower() in {"1", "yes", "true", "ha", "да"}:
        return None, ""
    try:
        at = parse_datetime(row.get("started_at", ""))
        waited = int(row.get("waited_seconds") or 0)
    except ValueError:
        return None, _("the time or the seconds cannot be read")
    if at is None or not row.get("id"):
        return None, _("the id or the time is missing")
    at = at if timezone.is_aware(at) else timezone.make_aware(at)
    if at > timezone.now() or not 0 <= waited < 86_400:
        return None, _("the call lies in the future or waited longer than a day")
    caller = row.get("caller", "")
    return {
        "record_id": vault.lookup(row["id"], purpose="helpline.call_record"),
        "caller_lookup": vault.lookup(caller, purpose="helpline.caller") if caller else "",
        "at": at,
        "waited_seconds": waited,
    }, ""
