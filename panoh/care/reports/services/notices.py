"""Telling a host or a platform: drafted, sent, acknowledged, removed, and looked at again.

Panoh writes to nobody by itself: an e-mail leaves only to an address that a person has checked; every other way is a
person's hand, and who and when are on record.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.common.centre import centre
from panoh.ground.notify import public as notify
from panoh.ground.vault import public as vault

from .. import policy
from ..desk_rules import contacts, named, templates
from ..errors import ReportRefusedError
from ..models import Address, Classification, Notice, Report
from ..queries.one_report import label_of, notice_body, typed_address, waits_for_second, where_notice
from .clocks import meet_clock, start_notice_clocks
from .filling import lock_report
from .judging import note_act, refuse_unless

LETTER = "reports/mail/notice.txt"
MOST = 4000


def may_be_mailed(contact: str) -> bool:
    """Whether an e-mail could leave to this contact: it has an address, and somebody checked it not too long ago."""
    found = contacts().contact(contact)
    return found is not None and found.may_be_mailed(timezone.localdate(), contacts().check_every_days)


@transaction.atomic
def draft_notice(
    report: Report, *, contact: str, template: str, language: str, address: Address | None = None, by: User
) -> Notice:
    """The words of the template with the address and what was found; they may be changed until they are sent."""
    held = lock_report(report)
    refuse_unless(policy.can_classify(by, held) or policy.can_work(by, held))
    if contacts().contact(contact) is None or template not in templates():
        raise ReportRefusedError(_("Choose whom to write to, and what."))
    refuse_unless(address is None or address.report_id == held.pk)
    notice = Notice(
        report=held,
        address=address,
        contact=contact,
        template=template,
        language=language,
        by=by,
        drafted_at=timezone.now(),
    )
    notice.body = _sealed(notice, _filled(held, address, template, language))
    notice.save(force_insert=True)
    note_act("report.notice_drafted", held, by, contact=contact, template=template)
    return notice


def _filled(report: Report, address: Address | None, template: str, language: str) -> str:
    return templates()[template].fill(
        language,
        address=typed_address(report, address) if address else "",
        reference=report.reference,
        centre=str(centre("name", default="Panoh")),
        label=_found(report, address, language),
    )


def _found(report: Report, address: Address | None, language: str) -> str:
    """What the hotline found, in the words of the scheme and the language of the notice."""
    live = Classification.objects.filter(report=report, address=address, withdrawn_at=None).first()
    label = label_of(live)
    return named(label.names, language) if label else "–"


def _sealed(notice: Notice, text: str) -> bytes:
    return vault.seal(notice.report.conversation.data_key, text, where=where_notice(notice.pk))


def _lock(notice: Notice) -> Notice:
    """The notice under its report's lock."""
    report = lock_report(notice.report)
    held = Notice.objects.select_for_update(of=("self",)).select_related("address").get(pk=notice.pk)
    held.report = report
    return held


@transaction.atomic
def change_notice(notice: Notice, *, text: str, by: User) -> Notice:
    """Other words, as long as it is not out."""
    held = _lock(notice)
    refuse_unless(_may(by, held.report) and held.sent_at is None and bool(text.strip()))
    held.body = _sealed(held, text.strip()[:MOST])
    held.save(update_fields=["body"])
    note_act("report.notice_changed", held.report, by, contact=held.contact)
    return held


def _may(user: User, report: Report) -> bool:
    return policy.can_classify(user, report) or policy.can_work(user, report)


@transaction.atomic
def send_notice(notice: Notice, *, way: str, by: User) -> Notice:
    """It is out: by e-mail to a checked address, or copied and sent by hand by the person who says so here."""
    held = _lock(notice)
    refuse_unless(_may(by, held.report) and held.sent_at is None and way in {"email", "by_hand"})
    if waits_for_second(held.report):
        raise ReportRefusedError(_("A second person has to look at what was found before a notice goes out."))
    if way == "email":
        _mail(held)
    now = timezone.now()
    held.way, held.sent_at, held.sent_by = way, now, by
    held.save(update_fields=["way", "sent_at", "sent_by"])
    meet_clock(held.report, "host_notice", at=now)
    start_notice_clocks(held, now)
    note_act("report.notice_sent", held.report, by, contact=held.contact, way=way)
    return held


def _mail(notice: Notice) -> None:
    contact = contacts().contact(notice.contact)
    if contact is None or not may_be_mailed(notice.contact):
        raise ReportRefusedError(_("Nobody has checked this e-mail address. Copy the words and send them by hand."))
    body = notice_body(notice.report, notice)
    notify.tell_email(contact.email, LETTER, notice.language, reference=notice.report.reference, body=body)


@transaction.atomic
def acknowledge_notice(notice: Notice, *, by: User) -> Notice:
    """They wrote back that they have it."""
    held = _lock(notice)
    refuse_unless(_may(by, held.report) and held.sent_at is not None and held.acknowledged_at is None)
    held.acknowledged_at = timezone.now()
    held.save(update_fields=["acknowledged_at"])
    note_act("report.notice_acknowledged", held.report, by, contact=held.contact)
    return held


@transaction.atomic
def record_removal(notice: Notice, *, by: User) -> Notice:
    """They say that it is gone. Somebody still looks: saying is not seeing."""
    held = _lock(notice)
    refuse_unless(_may(by, held.report) and held.sent_at is not None and held.removed_at is None)
    held.removed_at = timezone.now()
    held.acknowledged_at = held.acknowledged_at or held.removed_at
    held.save(update_fields=["removed_at", "acknowledged_at"])
    note_act("report.notice_removed", held.report, by, contact=held.contact)
    return held


@transaction.atomic
def check_removal(notice: Notice, *, is_gone: bool, by: User) -> Notice:
    """Somebody looked again, outside Panoh. Still there: the clock runs anew."""
    held = _lock(notice)
    refuse_unless(_may(by, held.report) and held.sent_at is not None and held.verified_at is None)
    now = timezone.now()
    held.checks += 1
    held.removed_at = (held.removed_at or now) if is_gone else None
    held.verified_at, held.verified_by = (now, by) if is_gone else (None, None)
    held.save(update_fields=["checks", "removed_at", "verified_at", "verified_by"])
    if is_gone:
        meet_clock(held.report, "removal_check", notice=held, at=now)
    else:
        start_notice_clocks(held, now)
    note_act("report.notice_checked", held.report, by, contact=held.contact, is_gone=is_gone, checks=held.checks)
    return held
