"""Languages, scripts, search keys, derived texts and the words a child reads."""

from .errors import OverrideRefusedError, UnknownPairError, UnknownWordError, UnreviewedError, VariantOffError
from .folding import fold
from .naming import name_words, sound_of
from .queries import (
    all_codes,
    doubtful_words,
    is_on,
    may_show,
    overrides_of,
    unreviewed,
    variants_on,
    word,
    words_reviewed,
)
from .scripts import detect_script, other_script, to_script
from .services import derive, derive_many, drop_derived, override_string, remove_override, variant_of
from .slugs import slug_of
from .tags import LANGUAGES, alternates, lang_tag, source_of
from .turning import Turned, Warned, to_variant

__all__ = [
    "LANGUAGES",
    "OverrideRefusedError",
    "Turned",
    "UnknownPairError",
    "UnknownWordError",
    "UnreviewedError",
    "VariantOffError",
    "Warned",
    "all_codes",
    "alternates",
    "derive",
    "derive_many",
    "detect_script",
    "doubtful_words",
    "drop_derived",
    "fold",
    "is_on",
    "lang_tag",
    "may_show",
    "name_words",
    "other_script",
    "override_string",
    "overrides_of",
    "remove_override",
    "slug_of",
    "sound_of",
    "source_of",
    "to_script",
    "to_variant",
    "unreviewed",
    "variant_of",
    "variants_on",
    "word",
    "words_reviewed",
]
