"""Words an editor puts in place of derived ones, and the pages that show them."""

from django.db import transaction
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.languages import public as languages

from .. import policy
from ..errors import WritingRefusedError
from ..models import Writing
from .publishing import publish_sheets, with_variants


@transaction.atomic
def override_words(source: str, variant: str, words: str, *, by: User) -> None:
    """``words`` stand wherever the rules turned exactly ``source`` into ``variant``; "" takes them away."""
    if not policy.can_write(by):
        raise WritingRefusedError(_("Only editors write pages."))
    try:
        if words.strip():
            languages.override_string(source, variant, words, by=by.code)
        else:
            languages.remove_override(source, variant)
    except (languages.OverrideRefusedError, languages.UnknownPairError):
        raise WritingRefusedError(_("The words need the same marks as the string they stand for.")) from None
    audit.record("portal.override_changed", thing=variant, actor=by.code, removed=not words.strip())
    touched = [row.leaf for row in Writing.objects.filter(live=True).select_related("locale") if _holds(row, source)]
    publish_sheets(leaf for leaf in with_variants(touched) if leaf.language == variant)


def _holds(row: Writing, source: str) -> bool:
    facts = [text for held in row.facts.values() for text in (held if isinstance(held, list) else [str(held)])]
    texts = (row.title, row.summary, row.now, row.body, row.easy_title, row.easy, *facts)
    return any(source.strip() in text for text in texts)
