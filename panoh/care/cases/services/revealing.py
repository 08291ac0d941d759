"""Who is behind an alias: one asks, a custodian decides, it is opened once. At U1 one may look alone, and is judged."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.care.talks import public as talks
from panoh.ground.accounts.public import Role, User, staff_with_role
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify

from .. import policy, rules
from ..errors import RevealRefusedError
from ..models import BreakGlass, Case, PublicCount, Reveal
from ..queries.revealing import identity_behind
from .alarming import people_on_call
from .moves import lock_case, sealed

SHORTEST_REASON = 15
GLASS = "break_glass"


@transaction.atomic
def ask_reveal(case: Case, *, conversation: talks.Conversation, reason: str, by: User) -> Reveal:
    """Ask a custodian who is behind a conversation of this case."""
    held = lock_case(case)
    _refuse_unless(policy.can_ask_reveal(by, held))
    _refuse_unknown(held, conversation)
    if held.reveals.filter(conversation=conversation, asked_by=by, decided_at=None).exists():
        raise RevealRefusedError(_("A custodian has been asked already."))
    row = Reveal(case=held, conversation=conversation, asked_by=by, asked_at=timezone.now())
    row.reason = sealed(held, row, "reason", _told(reason))
    row.save()
    audit.record("reveal.asked", thing=held.reference, actor=by.code, of=conversation.reference)
    return row


@transaction.atomic
def decide_reveal(reveal: Reveal, *, grant: bool, note: str = "", by: User) -> Reveal:
    """A custodian says yes or no; a yes holds for some minutes."""
    held = lock_case(reveal.case)
    row = Reveal.objects.select_for_update().get(pk=reveal.pk)
    _refuse_unless(policy.can_decide_reveal(by, row))
    if not grant and not note.strip():
        raise RevealRefusedError(_("Write down why not."))
    now = timezone.now()
    row.decided_by, row.decided_at, row.decision = by, now, "granted" if grant else "refused"
    if grant:
        row.expires_at = now + timedelta(minutes=rules.number("reveal_minutes", default=15))
    if note.strip():
        row.note = sealed(held, row, "note", note.strip())
    row.save()
    audit.record(f"reveal.{row.decision}", thing=held.reference, actor=by.code, of=row.conversation.reference)
    return row


@transaction.atomic
def open_reveal(reveal: Reveal, *, by: User) -> str:
    """What the channel calls this person: told once, to the one who asked, while the yes holds."""
    held = lock_case(reveal.case)
    row = Reveal.objects.select_for_update().select_related("case").get(pk=reveal.pk)
    _refuse_unless(policy.can_open_reveal(by, row))
    row.opened_at = timezone.now()
    row.save(update_fields=["opened_at"])
    return _revealed(held, row.conversation, by, how="two")


@transaction.atomic
def break_glass(case: Case, *, conversation: talks.Conversation, reason: str, by: User) -> str:
    """At U1, look alone: supervisors and those on call hear of it at once, and it is counted in public."""
    held = lock_case(case)
    _refuse_unless(policy.can_break_glass(by, held))
    _refuse_unknown(held, conversation)
    now = timezone.now()
    due = now + timedelta(hours=rules.number("break_glass_review_hours", default=24))
    row = BreakGlass(case=held, conversation=conversation, by=by, at=now, review_due_at=due)
    row.reason = sealed(held, row, "reason", _told(reason))
    row.save()
    count_publicly(GLASS)
    tell_of_glass(row, "cases/mail/glass_broken.txt")
    return _revealed(held, conversation, by, how="alone")


@transaction.atomic
def review_glass(glass: BreakGlass, *, justified: bool, note: str, by: User) -> BreakGlass:
    """Somebody else judges whether it was right to look alone."""
    held = lock_case(glass.case)
    row = BreakGlass.objects.select_for_update().get(pk=glass.pk)
    _refuse_unless(policy.can_review_glass(by, row))
    row.verdict = "justified" if justified else "not_justified"
    row.reviewed_by, row.reviewed_at = by, timezone.now()
    row.review = sealed(held, row, "review", _told(note))
    row.save()
    audit.record("glass.reviewed", thing=held.reference, actor=by.code, verdict=row.verdict)
    return row


def _revealed(case: Case, conversation: talks.Conversation, by: User, *, how: str) -> str:
    audit.record("identity.revealed", thing=case.reference, actor=by.code, of=conversation.reference, how=how)
    things = case.links.filter(conversation=conversation).values_list("reference", flat=True)
    for reference in {conversation.reference, *things}:
        audit.record("identity.revealed", thing=reference, actor=by.code, how=how)
    identity = identity_behind(conversation)
    if identity is None or identity.forgotten_at:
        raise RevealRefusedError(_("Nothing is known of this person."))
    return talks.external_id_of(identity)


def _refuse_unless(may: bool) -> None:
    if not may:
        raise RevealRefusedError(_("Nobody may see who this is like this. Ask a custodian, and give a reason."))


def _refuse_unknown(case: Case, conversation: talks.Conversation) -> None:
    if not case.links.filter(conversation=conversation).exists() or identity_behind(conversation) is None:
        raise RevealRefusedError(_("Nothing is known of this person."))


def _told(reason: str) -> str:
    if len(reason.strip()) < SHORTEST_REASON:
        raise RevealRefusedError(_("Write down why, in a whole sentence."))
    return reason.strip()


def count_publicly(what: str) -> None:
    """One more, in the number the centre owes the public. No case, no person, no hour."""
    month = timezone.localdate().replace(day=1)
    PublicCount.objects.get_or_create(what=what, month=month)
    PublicCount.objects.filter(what=what, month=month).update(number=F("number") + 1)


def tell_of_glass(glass: BreakGlass, letter: str) -> int:
    """Neutral words to supervisors and whoever is on call, never only to the one it is about; how many were told."""
    leads = [user for user in staff_with_role(Role.SUPERVISOR) if user.pk != glass.by_id]
    leads = leads or [user for user in staff_with_role(Role.CUSTODIAN, Role.ADMINISTRATOR) if user.pk != glass.by_id]
    called = people_on_call(timezone.now())
    context = {"reference": glass.case.reference, "address": f"{settings.PUBLIC_URL}/desk/cases/reviews/"}
    for person, phone in called:
        if phone and notify.sms_available() and person.pk != glass.by_id:
            notify.tell_sms(phone, f"Panoh: {glass.case.reference}. {context['address']}")
    told = {user.pk: user for user in [*leads, *(person for person, _phone in called if person.pk != glass.by_id)]}
    for user in told.values():
        notify.tell_email(user.email, letter, user.language, **context)
    return len(told)
