"""What a post says once for all languages: a day changed in one of them is changed in the others."""

from typing import Any

from django.utils import timezone

from ..models import Writing
from ..post_rows import ROWS
from ..posts import POSTS
from .publishing import publish_sheets, with_variants

FIELDS = ("audience", "audiences", "ages")
# A correction is in the words of one language, and so is its day.
OWN = ("for", "corrected_on", *FIELDS)


def agree_on_facts(row: Writing) -> None:
    """Give the other languages of a post the facts of this one, which was just published: on the street, in their row
    and in a draft that waits. Their words and their reviews stay as they are.
    """
    if row.kind not in POSTS:
        return
    twins = Writing.objects.select_for_update(of=("self",)).filter(kind=row.kind, code=row.code)
    shared = [name for name in ROWS[row.kind] if name not in OWN]
    for twin in twins.exclude(pk=row.pk).select_related("locale", "latest_revision"):
        changed = {name: row.facts.get(name) for name in shared if twin.facts.get(name) != row.facts.get(name)}
        fields = {name: getattr(row, name) for name in FIELDS if getattr(twin, name) != getattr(row, name)}
        if changed or fields:
            _take(twin, changed, fields)


def _take(twin: Writing, changed: dict[str, Any], fields: dict[str, Any]) -> None:
    twin.facts = _with(twin.facts, changed)
    for name, value in fields.items():
        setattr(twin, name, value)
    is_shown = bool(twin.fingerprint)
    if is_shown:
        twin.fingerprint, twin.changed_at = twin.leaf.fingerprint, timezone.now()
    kept = ("facts", "fingerprint", "changed_at", *fields)
    Writing.objects.filter(pk=twin.pk).update(**{name: getattr(twin, name) for name in kept})
    if draft := twin.latest_revision:
        draft.content |= {"facts": _with(draft.content.get("facts", {}), changed), **fields}
        draft.save(update_fields=["content"])
    if is_shown:
        publish_sheets(with_variants([twin.leaf]))


def _with(facts: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    held = {**facts, **changed}
    return {name: held[name] for name in sorted(held) if held[name]}
