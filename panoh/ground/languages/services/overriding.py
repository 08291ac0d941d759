"""Words that an editor puts in place of derived ones. The caller writes the audit: it stands above this room."""

import re

from django.db import transaction
from django.utils import timezone

from ..errors import OverrideRefusedError, UnknownPairError
from ..models import Edition, Override
from ..variants import VARIANTS
from ..wordings import text_hash

_MARKUP = re.compile(r"</?[A-Za-z!][^<>]*>|<|&(?:#\w+|\w+);")


@transaction.atomic
def override_string(source: str, variant: str, replacement: str, *, by: str) -> Override:
    """``replacement`` stands wherever this very string does: a whole text, or one between two tags or in an attribute.

    ``by`` is ``user.code``. Raises ``OverrideRefusedError`` for an empty text or other markup than the source has.
    """
    source, replacement = source.strip(), replacement.strip()
    _check(source, variant, replacement, by)
    _next_edition(variant)
    override, _is_new = Override.objects.update_or_create(
        variant=variant,
        source_hash=text_hash(source),
        defaults={"source": source, "replacement": replacement, "by": by, "at": timezone.now()},
    )
    return override


@transaction.atomic
def remove_override(source: str, variant: str) -> bool:
    """Leave the string to the rules again; whether there was an override."""
    _next_edition(variant)
    gone, _each = Override.objects.filter(variant=variant, source_hash=text_hash(source.strip())).delete()
    return bool(gone)


def _check(source: str, variant: str, replacement: str, by: str) -> None:
    if variant not in VARIANTS:
        raise UnknownPairError(f"{variant!r} is not derived.")
    if not (source and replacement and by):
        raise OverrideRefusedError("An override needs the string, the words in its place and who wrote them.")
    if _MARKUP.findall(source) != _MARKUP.findall(replacement):
        raise OverrideRefusedError("The words must hold the same markup as the string they stand for.")


def _next_edition(variant: str) -> None:
    """What was derived before is old from here on; two editors take turns at this row."""
    Edition.objects.get_or_create(variant=variant)
    edition = Edition.objects.select_for_update().get(variant=variant)
    edition.number += 1
    edition.save()
