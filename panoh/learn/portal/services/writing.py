"""What an editor's desk does to the street: publish, take away, begin a translation."""

from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.languages import public as languages
from panoh.ground.search import public as search

from .. import policy, queries, recordings
from ..errors import WritingRefusedError
from ..models import EditableKind, Sheet, Writing
from ..posts import POSTS
from .agreeing import agree_on_facts
from .publishing import publish_sheets, sheet_of, with_variants
from .taking_in import written_languages


@transaction.atomic
def publish_writing(writing: Writing, *, by: User) -> None:
    """Put the words that were just made live before the street, in every script.

    Raises ``WritingRefusedError`` for what the checks find, and for a page to children that its last writer would
    publish alone: the approval of a second person sets who reviewed it and when.
    """
    row = _locked(writing, by)
    written_by = row.live_revision.user_id if row.live_revision else None
    is_approved = policy.can_approve(by, written_by=written_by)
    if row.is_to_children and not is_approved:
        raise WritingRefusedError(_("Somebody else must read a page to children before it is published."))
    if errors := [one for one in queries.findings_of(row) if one.level == "error"]:
        raise WritingRefusedError(*(queries.said(one) for one in errors))
    row.reviewed_by = by.name if is_approved else ""
    row.reviewed_on = timezone.localdate() if is_approved else None
    row.position = row.position or _next_place(row)
    row.fingerprint, row.changed_at, row.is_machine = row.leaf.fingerprint, timezone.now(), False
    names = ["reviewed_by", "reviewed_on", "position", "fingerprint", "changed_at", "is_machine"]
    Writing.objects.filter(pk=row.pk).update(**{name: getattr(row, name) for name in names})
    publish_sheets(with_variants([row.leaf]))
    agree_on_facts(row)
    audit.record("portal.published", thing=queries.thing_of_writing(row), actor=by.code, reviewed=is_approved)


@transaction.atomic
def withdraw_writing(writing: Writing, *, by: User) -> None:
    """Take a page off the street and out of the index, in its language and every script of it."""
    row = _locked(writing, by)
    codes = [row.language, *languages.variants_on(row.language)]
    for sheet in Sheet.objects.filter(kind=row.kind, code=row.code, language__in=codes):
        search.remove("portal", queries.thing_of(sheet), sheet.language)
        sheet.delete()
    Writing.objects.filter(pk=row.pk).update(fingerprint="", live=False)
    audit.record("portal.withdrawn", thing=queries.thing_of_writing(row), actor=by.code)


def drafted_sheet(writing: Writing, language: str) -> Sheet:
    """The page as it would be read in its language or a script of it. Only the derived texts are kept."""
    leaves = {leaf.language: leaf for leaf in with_variants([writing.leaf])}
    return sheet_of(leaves.get(language, writing.leaf), timezone.now())


@transaction.atomic
def start_translation(writing: Writing, language: str, *, by: User) -> Writing:
    """A draft in another language that holds the source's words until somebody writes their own; again gives the same.

    It is flagged as nobody's words and cannot be seen on the street before it is published.
    """
    if not policy.can_write(by):
        raise WritingRefusedError(_("Only editors write pages."))
    locale = written_languages().get(language)
    if locale is None:
        raise WritingRefusedError(_("Pages are not written in this language."))
    held = Writing.objects.filter(kind=writing.kind, code=writing.code, locale=locale).first()
    if held:
        return held
    made: Writing = writing.copy_for_translation(locale)
    for name, value in BLANK.items():
        setattr(made, name, value)
    made.save()
    made.save_revision(user=by, clean=False, log_action="wagtail.create")
    return made


BLANK: dict[str, Any] = {
    "live": False, "has_unpublished_changes": True, "first_published_at": None, "last_published_at": None,
    "latest_revision": None, "live_revision": None, "fingerprint": "", "imported": "", "reviewed_by": "",
    "reviewed_on": None, "is_machine": True, "changed_at": None, "owner": "", "review_due": None,
    "locked": False, "locked_at": None, "locked_by": None,
    **dict.fromkeys(recordings.FIELDS, ""),  # a voice speaks one language
}  # fmt: skip


def _locked(writing: Writing, by: User) -> Writing:
    if not policy.can_write(by):
        raise WritingRefusedError(_("Only editors write pages."))
    return Writing.objects.select_for_update(of=("self",)).select_related("locale", "live_revision").get(pk=writing.pk)


def _next_place(row: Writing) -> int:
    """Behind the others of its list, which is one for all readers of a post; what came from a file has its place."""
    if row.imported or row.kind not in EditableKind.values:
        return row.position
    others = Writing.objects.filter(kind=row.kind)
    if row.kind not in POSTS:
        others = others.filter(audience=row.audience)
    twins = others.filter(code=row.code).exclude(pk=row.pk).aggregate(place=Max("position"))["place"]
    last: int | None = twins or others.exclude(code=row.code).aggregate(place=Max("position"))["place"]
    return twins or (0 if last is None else last + 1)
