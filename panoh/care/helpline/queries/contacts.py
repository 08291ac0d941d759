"""Finished contacts, one's own."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from panoh.ground.accounts.public import User
from panoh.ground.languages.public import fold
from panoh.ground.vault import public as vault

from .. import policy
from ..models import Amendment, Contact, Talk

MOST_READ = 500


def contact_for(user: User, reference: str) -> Contact:
    """A final contact one may see, or one's own draft by hand."""
    own_draft = Contact.objects.filter(status="draft", talk=None, by=user, reference=reference).first()
    return own_draft or get_object_or_404(policy.visible_contacts(user), reference=reference)


def summary_of(contact: Contact) -> str:
    """The counsellor's own words about it; empty once forgotten."""
    if not contact.summary or contact.forgotten_at:
        return ""
    try:
        return vault.unseal(contact.data_key, bytes(contact.summary), where=f"helpline.summary:{contact.pk}")
    except vault.ErasedError:
        return ""


def my_contacts(user: User, *, words: str = "", **codes: str) -> QuerySet[Contact] | list[Contact]:
    """Search over one's own finished contacts: by codes in the database, by words in the newest 500 summaries."""
    found = policy.visible_contacts(user).filter(by=user).select_related("talk__conversation").order_by("-finalized_at")
    for name, value in codes.items():
        if value:
            found = found.filter(**{name: value})
    if not words.strip():
        return found
    return list(_with_words(found[:MOST_READ], fold(words)))


def _with_words(contacts: QuerySet[Contact], folded: str) -> Iterator[Contact]:
    for contact in contacts:
        if folded in fold(contact.reference) or folded in fold(summary_of(contact)):
            yield contact


@dataclass(frozen=True, slots=True)
class Amended:
    """A correction: field by field what it said before and says now, and why."""

    amendment: Amendment
    reason: str


def amendments_of(contact: Contact) -> list[Amended]:
    """Every correction of a contact, the oldest first."""
    where = f"helpline.amendment:{contact.pk}"
    found = []
    for one in contact.amendments.select_related("by").order_by("at"):
        try:
            reason = vault.unseal(contact.data_key, bytes(one.reason), where=where)
        except vault.ErasedError:
            reason = ""
        found.append(Amended(one, reason))
    return found


def readable_talk(user: User, contact: Contact) -> Talk | None:
    """The talk behind a contact, as long as this person may still read it."""
    if contact.talk_id is None:
        return None
    return policy.visible_talks(user).select_related("conversation").filter(pk=contact.talk_id).first()
