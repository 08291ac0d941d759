"""What the hotline found, under one version of the scheme; the worst waits for a second pair of eyes."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User

from .. import policy
from ..desk_rules import scheme
from ..errors import ReportRefusedError
from ..models import Address, Classification, Report
from .exposure import record_minutes
from .filling import lock_report
from .judging import mark_assessed, note_act, refuse_unless


@transaction.atomic
def classify(
    report: Report,
    *,
    label: str,
    minutes: int,
    address: Address | None = None,
    also: Sequence[str] = (),
    by: User,
) -> Classification:
    """Say what an address (or the report as a whole) is; a new class takes the place of the earlier one.

    To take one of the worst away needs a second person as much as to give it.
    """
    held = lock_report(report)
    refuse_unless(policy.can_classify(by, held) and (address is None or address.report_id == held.pk))
    rules = scheme()
    chosen = rules.label(label)
    if chosen is None or chosen.section != rules.deciding.code:
        raise ReportRefusedError(_("Choose one of the labels of the scheme."))
    was_worst = _withdraw(held, address)
    made = Classification.objects.create(
        report=held,
        address=address,
        scheme=rules.version,
        section=chosen.section,
        label=chosen.code,
        also=" ".join(code for code in also if _is_beside(code)),
        verdict=chosen.verdict,
        by=by,
        at=timezone.now(),
        minutes=minutes,
        needs_second=chosen.worst or was_worst,
    )
    record_minutes(held, minutes, by=by)
    mark_assessed(held, by=by)
    note_act("report.classified", held, by, label=chosen.code, verdict=chosen.verdict, scheme=rules.version)
    return made


def _is_beside(code: str) -> bool:
    label = scheme().label(code)
    return label is not None and label.section != scheme().deciding.code


def _withdraw(report: Report, address: Address | None) -> bool:
    """The class so far goes; whether it was one that needed two."""
    live = report.classifications.filter(address=address, withdrawn_at=None)
    was_worst = live.filter(needs_second=True).exists()
    live.update(withdrawn_at=timezone.now())
    return was_worst


@transaction.atomic
def confirm_classification(classification: Classification, *, agree: bool, by: User) -> Classification:
    """A second person has looked. Agreed: it stands. Not agreed: it is withdrawn, and somebody classifies anew."""
    report = lock_report(Report(pk=classification.report_id))
    held = Classification.objects.select_for_update().get(pk=classification.pk)
    settled = held.withdrawn_at is not None or held.second_by_id is not None or not held.needs_second
    if settled or not policy.is_open(report) or not policy.can_confirm(by, held):
        raise ReportRefusedError(_("This is already decided, or is yours: somebody else has to look."))
    now = timezone.now()
    held.second_by, held.second_at = by, now
    held.withdrawn_at = None if agree else now
    held.save(update_fields=["second_by", "second_at", "withdrawn_at"])
    verb = "report.class_confirmed" if agree else "report.class_withdrawn"
    note_act(verb, report, by, label=held.label)
    return held
