"""Derived texts, made once when something is published and read from the table ever after."""

from collections.abc import Iterable

from django.utils import timezone

from .. import queries
from ..errors import UnknownPairError, VariantOffError
from ..models import Derived
from ..segments import Form
from ..turning import Turned, to_variant
from ..variants import VARIANTS, rules_version, variant_for
from ..wordings import text_hash


def variant_of(html: str, source: str, variant: str, *, form: Form = "html") -> str:
    """The text in a variant that is on; the source asked for in itself is returned as it is."""
    return html if source == variant else derive(html, source, variant, form=form).text


def derive(text: str, source: str, variant: str, *, form: Form = "text") -> Turned:
    """One text and its warnings, as ``derive_many``."""
    return derive_many([text], source, variant, form=form)[text]


def derive_many(texts: Iterable[str], source: str, variant: str, *, form: Form = "text") -> dict[str, Turned]:
    """Each text with what it becomes: two statements when all are known, whatever their number.

    Overrides win over the rules. Raises ``UnknownPairError``, and ``VariantOffError`` for a variant the centre has not
    turned on.
    """
    _check(source, variant)
    hashes = {text: text_hash(text) for text in texts}
    # Read before the overrides: what changes in between is then made again, never taken for the newest.
    edition = queries.edition_of(variant)
    known = queries.kept(hashes.values(), variant, form, edition)
    if missing := {text: key for text, key in hashes.items() if key not in known}:
        made = _make(missing, source, variant, form)
        _keep(made, variant, form, edition)
        known |= made
    return {text: known[key] for text, key in hashes.items()}


def drop_derived(texts: Iterable[str]) -> int:
    """Take every variant of these texts out of the table, as when a page is withdrawn; how many rows went."""
    return Derived.objects.filter(source_hash__in={text_hash(text) for text in texts}).delete()[0]


def _check(source: str, variant: str) -> None:
    variant_for(source, variant)
    if variant not in VARIANTS:
        raise UnknownPairError(f"{variant!r} is written, not derived.")
    if not queries.is_on(variant):
        raise VariantOffError(f"{variant!r} is off: see [variants] in centre/centre.toml.")


def _make(texts: dict[str, str], source: str, variant: str, form: Form) -> dict[str, Turned]:
    given = queries.replacements(variant)
    return {
        key: to_variant(text, source, variant, form=form, replace=lambda string: given.get(text_hash(string)))
        for text, key in texts.items()
    }


def _keep(made: dict[str, Turned], variant: str, form: Form, edition: int) -> None:
    """Whoever makes the same text at the same moment writes the same row; the later write wins."""
    rules, now = rules_version(variant), timezone.now()
    rows = [
        Derived(
            variant=variant,
            form=form,
            source_hash=key,
            rules=rules,
            edition=edition,
            text=turned.text,
            warnings=[list(one) for one in turned.warnings],
            made_at=now,
        )
        for key, turned in sorted(made.items())
    ]
    Derived.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["variant", "form", "source_hash"],
        update_fields=["rules", "edition", "text", "warnings", "made_at"],
    )
