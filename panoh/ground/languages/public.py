"""Languages, scripts, search keys and the words a child reads."""

from .errors import UnknownWordError, UnreviewedError
from .folding import fold
from .queries import all_codes, may_show, unreviewed, word, words_reviewed
from .scripts import detect_script, other_script, to_script
from .tags import LANGUAGES, lang_tag

__all__ = [
    "LANGUAGES",
    "UnknownWordError",
    "UnreviewedError",
    "all_codes",
    "detect_script",
    "fold",
    "lang_tag",
    "may_show",
    "other_script",
    "to_script",
    "unreviewed",
    "word",
    "words_reviewed",
]
