"""Every change of a number to call, and the daily look at those that nobody checked for too long."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import Role, User, staff_with_role
from panoh.ground.audit import public as audit
from panoh.ground.common.centre import centre_file
from panoh.ground.notify import public as notify

from .. import ageing, policy, queries
from ..errors import NumberRefusedError
from ..models import NumberToCall, Organisation


def _keeper_or_refusal(by: User) -> None:
    if not policy.can_keep_numbers(by):
        raise NumberRefusedError(_("Only a supervisor or an administrator keeps the numbers."))


def _locked(number: NumberToCall) -> NumberToCall:
    return NumberToCall.objects.select_for_update().get(pk=number.pk)


@transaction.atomic
def record_check(number: NumberToCall, *, on: date, by: User, evidence: str = "") -> NumberToCall:
    """Somebody called it and it is right. A check cannot be dated ahead, nor before the one already known."""
    _keeper_or_refusal(by)
    number = _locked(number)
    if on > timezone.localdate():
        raise NumberRefusedError(_("A check cannot be dated in the future."))
    if number.verified_on is not None and on < number.verified_on:
        raise NumberRefusedError(_("There is a later check of this number already."))
    number.verified_on, number.verified_by, number.evidence = on, by, evidence
    number.warned_step, number.alarmed_on = 0, None
    number.save()
    audit.record("number.checked", thing=number.code, actor=by.code, on=on.isoformat())
    return number


@transaction.atomic
def add_number(code: str, *, by: User, **facts: Any) -> NumberToCall:
    """A new number. Nobody checked it yet, so production does not show it."""
    _keeper_or_refusal(by)
    if NumberToCall.objects.filter(code=code).exists():
        raise NumberRefusedError(_("There is a number with this code already."))
    number = NumberToCall.objects.create(code=code, **facts)
    audit.record("number.added", thing=number.code, actor=by.code)
    return number


@transaction.atomic
def change_number(number: NumberToCall, /, *, by: User, **facts: Any) -> NumberToCall:
    """New facts undo the check: what was checked was another text. Only the order may change without one."""
    _keeper_or_refusal(by)
    number = _locked(number)
    before = number.facts()
    for field, value in facts.items():
        setattr(number, field, value)
    is_new = number.facts() != before
    if is_new:
        if number.verified_on is not None:
            _refuse_if_last(number)
        number.verified_on, number.verified_by, number.evidence = None, None, ""
        number.warned_step, number.alarmed_on = 0, None
    number.save()
    audit.record("number.changed", thing=number.code, actor=by.code, check_undone=is_new)
    return number


@transaction.atomic
def switch_number(number: NumberToCall, *, on: bool, by: User) -> NumberToCall:
    """Show it or hide it; the last checked emergency number cannot be hidden."""
    _keeper_or_refusal(by)
    number = _locked(number)
    if not on:
        _refuse_if_last(number)
    number.is_active = on
    number.save()
    audit.record("number.switched", thing=number.code, actor=by.code, on=on)
    return number


def _refuse_if_last(number: NumberToCall) -> None:
    checked = NumberToCall.objects.filter(is_active=True, is_emergency=True, verified_on__isnull=False)
    if number in checked and not checked.exclude(pk=number.pk).exists():
        raise NumberRefusedError(
            _("This is the last checked emergency number. Add and check another one first, then change this one.")
        )


@transaction.atomic
def load_numbers() -> int:
    """Add what ``centre/numbers.toml`` names and the centre does not have yet; how many were added.

    The file may hold no date of a check: every number starts as one that nobody checked.
    """
    table = centre_file("numbers.toml")
    for row in table.get("organisation", []):
        Organisation.objects.get_or_create(code=row["code"], defaults={k: v for k, v in row.items() if k != "code"})
    return sum(_load_number(dict(row)) for row in table.get("number", []))


def _load_number(row: dict[str, Any]) -> bool:
    code, organisation = row.pop("code"), row.pop("organisation", None)
    if unknown := row.keys() - {*NumberToCall().facts(), "position"}:
        raise NumberRefusedError(f"centre/numbers.toml, {code}: unknown {', '.join(sorted(unknown))}.")
    owner = Organisation.objects.get(code=organisation) if organisation else None
    _number, is_new = NumberToCall.objects.get_or_create(code=code, defaults={**row, "organisation": owner})
    if is_new:
        audit.record("number.loaded", thing=code)
    return is_new


@transaction.atomic
def watch_numbers() -> int:
    """The daily look: a letter at 60, 75 and 85 days, and an alarm each day for the last number that is overdue."""
    today = timezone.localdate()
    numbers = list(NumberToCall.objects.select_for_update().filter(is_active=True, verified_on__isnull=False))
    last = queries.last_ones(numbers, today)
    return sum(_alarm(number, today) if number in last else _warn(number, today) for number in numbers)


def _warn(number: NumberToCall, today: date) -> bool:
    step = ageing.warning_step(number.verified_on or today, today)
    if step <= number.warned_step:
        return False
    number.warned_step = step
    number.save(update_fields=["warned_step"])
    audit.record("number.due", thing=number.code, days=step)
    _write_to_keepers("number_due", number, today)
    return True


def _alarm(number: NumberToCall, today: date) -> bool:
    if number.alarmed_on == today:
        return False
    number.alarmed_on = today
    number.save(update_fields=["alarmed_on"])
    audit.record("number.overdue", thing=number.code, days=number.checked_days_ago(today) or 0)
    _write_to_keepers("number_overdue", number, today)
    return True


def _write_to_keepers(template: str, number: NumberToCall, today: date) -> None:
    for person in staff_with_role(Role.SUPERVISOR, Role.ADMINISTRATOR):
        notify.tell_email(
            person.email,
            f"organisations/mail/{template}.txt",
            person.language,
            number=number.number,
            name=number.name_in(person.language),
            days=number.checked_days_ago(today),
        )
