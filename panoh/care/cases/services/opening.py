"""A case is opened, and what belongs to it is tied to it."""

import secrets
from typing import Any

from django.db import transaction
from django.utils import timezone

from panoh.care.talks.public import Conversation
from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common.codes import new_code
from panoh.ground.vault import public as vault

from .. import policy
from ..models import Case, Link
from .counting import count_opened
from .ending import end_case
from .indexing import index_case
from .keeping import keep_link, keep_links
from .moves import change, lock_case, refuse_unless

CODES = {"risk", "urgency", "kind", "region", "age_band", "sex"}


@transaction.atomic
def open_case(*, alias: str = "", language: str, by: User, owner: User | None = None, **codes: Any) -> Case:
    """A new case with a key of its own. ``codes``: risk, urgency, kind, region, age_band, sex."""
    if unknown := codes.keys() - CODES:
        raise TypeError(f"a case has no {', '.join(sorted(unknown))}")
    now = timezone.now()
    case = Case.objects.create(
        reference=f"C-{new_code()}",
        alias=alias or f"Panoh-{1000 + secrets.randbelow(9000)}",
        language=language,
        owner=owner,
        opened_by=by,
        data_key=vault.new_key("case"),
        opened_at=now,
        changed_at=now,
        **codes,
    )
    audit.record("case.opened", thing=case.reference, actor=by.code)
    index_case(case)
    count_opened(case)
    return case


@transaction.atomic
def open_case_for(
    conversation: Conversation, *, kind: str, reference: str, by: User, owner: User | None = None, **codes: Any
) -> Case:
    """A case for the child of a talk or a report (``kind`` says which), tied to it. Twice is once.

    The caller has looked whether ``by`` may read the conversation: this room cannot know.
    """
    Conversation.objects.select_for_update().get(pk=conversation.pk)
    mine = Case.objects.filter(links__conversation=conversation, opened_by=by, closed_at=None).order_by("opened_at")
    if found := mine.first():
        return found
    case = open_case(alias=conversation.alias, language=conversation.language, by=by, owner=owner, **codes)
    link_to_case(case, kind=kind, reference=reference, conversation=conversation, by=by)
    return case


@transaction.atomic
def link_to_case(case: Case, *, kind: str, reference: str, conversation: Conversation | None = None, by: User) -> Link:
    """Tie a talk, a report or a contact to a case; twice is once. The caller has looked whether ``by`` may read it."""
    held = lock_case(case)
    refuse_unless(policy.is_open(held) and (held.opened_by_id == by.pk or policy.can_read(by, held)))
    link, is_new = Link.objects.get_or_create(
        case=held, kind=kind, reference=reference, defaults={"conversation": conversation, "by": by}
    )
    if is_new:
        keep_link(held, link)
        change(held)
        audit.record("case.linked", thing=held.reference, actor=by.code, to=reference)
    return link


@transaction.atomic
def mark_duplicate(case: Case, *, of: Case, by: User) -> Case:
    """The same child has another case: what was tied to this one is tied to that one, and this one ends."""
    first, second = sorted((case, of), key=lambda one: str(one.pk))
    held = {one.pk: one for one in (lock_case(first), lock_case(second))}
    gone, stays = held[case.pk], held[of.pk]
    refuse_unless(case.pk != of.pk and policy.can_lead(by) and policy.is_open(gone) and policy.is_open(stays))
    known = set(stays.links.values_list("kind", "reference"))
    for link in gone.links.all():
        if (link.kind, link.reference) not in known:
            link.case = stays
            link.save(update_fields=["case"])
    end_case(gone, to="duplicate", reason="duplicate", duplicate_of=stays)
    keep_links(stays)
    change(stays)
    audit.record("case.duplicate", thing=gone.reference, actor=by.code, to=stays.reference)
    audit.record("case.merged", thing=stays.reference, actor=by.code, frm=gone.reference)
    return gone
