"""The languages of the house, and the standard name of each."""

LANGUAGES = ("uz", "uz-cyrl", "ru", "en", "kaa")

_TAGS = {"uz": "uz-Latn", "uz-cyrl": "uz-Cyrl", "ru": "ru", "en": "en", "kaa": "kaa-Latn"}
# Written by a person; every other language is derived from the one named.
WRITTEN = ("uz", "ru", "en", "kaa")
DERIVED = {"uz-cyrl": "uz"}


def lang_tag(code: str) -> str:
    """The BCP 47 tag for ``lang`` and ``hreflang``; an unknown code is returned as it is."""
    return _TAGS.get(code, code)


def source_of(language: str) -> str:
    """The written language whose texts this one is made from."""
    return DERIVED.get(language, language)
