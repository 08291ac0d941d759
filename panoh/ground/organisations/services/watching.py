"""The daily look at the directory: who was not asked for too long."""

from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from panoh.ground.accounts.public import Role, staff_with_role
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify

from .. import ageing
from ..models import Organisation


class DueName(NamedTuple):
    name: str
    days: int


@transaction.atomic
def watch_organisations() -> int:
    """One letter to each keeper with all that reached 60, 75, 85 or 90 days today; how many organisations."""
    today = timezone.localdate()
    rows = Organisation.objects.select_for_update().filter(is_active=True, verified_on__isnull=False)
    due = [row for row in rows if _has_reached_a_step(row)]
    for row in due:
        row.save(update_fields=["warned_step"])
        audit.record("organisation.due", thing=row.code, days=row.warned_step)
    if due:
        _write_to_keepers(due, today)
    return len(due)


def _has_reached_a_step(row: Organisation) -> bool:
    today = timezone.localdate()
    step = ageing.warning_step(row.verified_on or today, today, ageing.DIRECTORY_WARNED_AFTER)
    is_new, row.warned_step = step > row.warned_step, max(step, row.warned_step)
    return is_new


def _write_to_keepers(due: list[Organisation], today: date) -> None:
    for person in staff_with_role(Role.SUPERVISOR, Role.ADMINISTRATOR):
        names = [
            DueName(row.name_in(person.language), ageing.days_since(row.verified_on or today, today)) for row in due
        ]
        notify.tell_email(person.email, "organisations/mail/organisations_due.txt", person.language, due=names)
