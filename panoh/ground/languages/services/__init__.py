"""Reviews of words, derived texts, and the words editors put in their place."""

from .deriving import derive, derive_many, drop_derived, variant_of
from .overriding import override_string, remove_override
from .reviewing import review_words

__all__ = ["derive", "derive_many", "drop_derived", "override_string", "remove_override", "review_words", "variant_of"]
