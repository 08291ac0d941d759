"""The end of a talk: the wrap-up is filled while talking, becomes the counted contact, and is then only amended."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.care.talks import public as talks
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .. import policy, rules
from ..errors import ContactRefusedError, TalkRefusedError
from ..models import Amendment, CloseReason, Contact, Status, Talk
from .arriving import end_talk, tell_person
from .counting import count_contact, recount_contact, tally
from .moves import lock_talk, move

CODES = (
    "contact_type",
    "subject",
    "age_band",
    "sex",
    "region",
    "reasons",
    "harms",
    "place",
    "platform",
    "actions",
    "outcome",
)
KINDS = {
    "contact_type": "contact_types",
    "age_band": "age_bands",
    "sex": "sexes",
    "reasons": "reasons",
    "harms": "harms",
    "place": "places_online",
    "platform": "platforms",
    "actions": "actions",
    "outcome": "outcomes",
}
NEEDED = ("contact_type",)


def where_summary(contact: Contact) -> str:
    return f"helpline.summary:{contact.pk}"


def check_codes(codes: dict[str, Any]) -> None:
    """Every code stands in this centre's taxonomy. Raises ``ContactRefusedError``."""
    for field, value in codes.items():
        known = rules.taxonomy().codes(KINDS[field]) if field in KINDS else None
        for code in value if isinstance(value, list) else [value]:
            if known is not None and code and code not in known:
                raise ContactRefusedError(
                    _("“%(code)s” is not in the list of %(field)s.") % {"code": code, "field": field}
                )


@transaction.atomic
def save_wrap_up(contact: Contact, *, summary: str | None = None, by: User, **codes: Any) -> Contact:
    """Keep what is filled in so far; nothing is final yet."""
    held = Contact.objects.select_for_update().get(pk=contact.pk)
    if held.status != "draft" or held.forgotten_at or not _owns(held, by):
        raise ContactRefusedError(_("This contact is final. Correct it with an amendment."))
    check_codes(codes)
    for field, value in codes.items():
        setattr(held, field, value)
    if summary is not None:
        held.summary = vault.seal(held.data_key, summary, where=where_summary(held))
    held.save(update_fields=[*codes, "summary"])
    return held


def _owns(contact: Contact, by: User) -> bool:
    if contact.talk:
        return contact.talk.assignee_id == by.pk
    return contact.by_id == by.pk


@transaction.atomic
def begin_wrap_up(talk: Talk, *, by: User) -> Talk:
    """Stop talking and write it up; a new word of the person brings the talk back."""
    held = lock_talk(talk)
    if not policy.can_wrap_up(by, held):
        raise TalkRefusedError(_("This talk has moved on meanwhile. Look at it again."))
    if held.status != Status.WRAP_UP:
        move(held, Status.WRAP_UP)
        audit.record("talk.wrap_up", thing=held.conversation.reference, actor=by.code)
    return held


@transaction.atomic
def finish_talk(talk: Talk, *, summary: str | None = None, seen: int | None = None, by: User, **codes: Any) -> Contact:
    """Close the talk for good and make its contact final, in one step with the last of what was written up.

    ``seen`` is the newest version that the page showed: a talk with words that nobody has read does not end.
    """
    held = begin_wrap_up(talk, by=by)
    if seen is not None and _has_unread(held, seen):
        raise TalkRefusedError(_("This talk has moved on meanwhile. Look at it again."))
    contact = save_wrap_up(Contact.objects.get(talk=held), summary=summary, by=by, **codes)
    _refuse_unfinished(contact)
    contact.taxonomy_version = rules.taxonomy().version
    contact.save(update_fields=["taxonomy_version"])
    if not held.close_reason:
        tell_person(held, "close.goodbye")
    end_talk(held, reason=held.close_reason or CloseReason.FINISHED, actor=by.code)
    contact.refresh_from_db()
    return contact


def _has_unread(talk: Talk, seen: int) -> bool:
    return talk.conversation.messages.filter(direction=talks.Direction.IN, version__gt=seen).exists()


def _refuse_unfinished(contact: Contact) -> None:
    if any(not getattr(contact, field) for field in NEEDED):
        raise ContactRefusedError(_("Choose what kind of contact it was; everything else may stay open."))


@transaction.atomic
def finish_contact(contact: Contact, *, summary: str | None = None, by: User, **codes: Any) -> Contact:
    """Make a contact without a talk (a call, a visit, a letter) final, with the last of what was written up."""
    held = save_wrap_up(contact, summary=summary, by=by, **codes)
    if held.status != "draft" or not _owns(held, by) or held.talk_id:
        raise ContactRefusedError(_("This contact is final. Correct it with an amendment."))
    _refuse_unfinished(held)
    now = timezone.now()
    held.status, held.finalized_at, held.ended_at = "final", now, held.ended_at or now
    held.taxonomy_version = rules.taxonomy().version
    held.save(update_fields=["status", "finalized_at", "ended_at", "taxonomy_version"])
    count_contact(held)
    audit.record("contact.finished", thing=held.reference, actor=by.code)
    return held


@transaction.atomic
def amend_contact(contact: Contact, *, reason: str, by: User, **codes: Any) -> Amendment:
    """Correct a final contact; what it said before and why it changed stay on record."""
    held = Contact.objects.select_for_update().get(pk=contact.pk)
    if not policy.can_amend(by, held):
        raise ContactRefusedError(_("The time to correct this contact is over. Ask your supervisor."))
    if not reason.strip():
        raise ContactRefusedError(_("Write down why you correct it."))
    check_codes(codes)
    changes = {k: [getattr(held, k), v] for k, v in codes.items() if getattr(held, k) != v}
    counted = tally(held)
    for field in changes:
        setattr(held, field, codes[field])
    held.save(update_fields=list(changes) or ["status"])
    recount_contact(held, counted)
    sealed = vault.seal(held.data_key, reason, where=f"helpline.amendment:{held.pk}")
    amendment = Amendment.objects.create(contact=held, by=by, changes=changes, reason=sealed)
    audit.record("contact.amended", thing=held.reference, actor=by.code, purpose=sealed, fields=len(changes))
    return amendment
