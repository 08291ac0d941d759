"""The letters about reading by two: who could read a page hears of it once, who wrote it hears how it went."""

from django.conf import settings
from django.urls import reverse

from panoh.ground.accounts.public import User, staff_with_role
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify

from .. import policy, queries
from ..models import Writing


def ask_to_read(writing: Writing, *, by: User) -> int:
    """Write to every editor who may read what was just given to be read; how many letters.

    Called once for each request: words that are saved while it waits are read with it.
    """
    draft = writing.latest_revision
    staff = [one for one in staff_with_role(*policy.EDITORS) if one.pk != by.pk]
    readers = [one for one in staff if policy.can_approve(one, written_by=draft.user_id)]
    for reader in readers:
        _tell(reader, "portal/mail/reading_asked.txt", writing, by)
    audit.record("portal.reading_asked", thing=queries.thing_of_writing(writing), actor=by.code, told=len(readers))
    return len(readers)


def tell_writer(writing: Writing, *, asked_by: User | None, is_approved: bool, by: User) -> None:
    """Say to who wrote the words, and to who asked for a reader, what became of them; not to the reader."""
    people = {one.pk: one for one in (writing.latest_revision.user, asked_by) if one and one.is_active}
    for person in people.values():
        if person.pk != by.pk:
            _tell(person, "portal/mail/reading_done.txt", writing, by, is_approved=is_approved)


def _tell(person: User, template: str, writing: Writing, by: User, **more: object) -> None:
    address = settings.PUBLIC_URL + reverse("wagtailsnippets_portal_writing:edit", args=[writing.pk])
    said = {"title": writing.latest_revision.object_str, "locale": writing.language, "name": by.name}
    notify.tell_email(person.email, template, person.language, address=address, **said, **more)
