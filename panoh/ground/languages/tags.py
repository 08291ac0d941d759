"""The languages of the house, their variants, and the standard name of each."""

from collections.abc import Mapping

from .variants import VARIANTS

LANGUAGES = ("uz", "uz-cyrl", "ru", "en", "kaa")

# Written by a person; every other language is derived from the one named.
WRITTEN = ("uz", "ru", "en", "kaa")
DERIVED = {code: one.source for code, one in VARIANTS.items()}
_TAGS = {
    "uz": "uz-Latn",
    "ru": "ru",
    "en": "en",
    "kaa": "kaa-Latn",
    **{code: one.tag for code, one in VARIANTS.items()},
}


def lang_tag(code: str) -> str:
    """The BCP 47 tag for ``lang`` and ``hreflang``; an unknown code is returned as it is."""
    return _TAGS.get(code, code)


def source_of(language: str) -> str:
    """The written language whose texts this one is made from."""
    return DERIVED.get(language, language)


def alternates(addresses: Mapping[str, str], default: str) -> list[tuple[str, str]]:
    """``(hreflang, address)`` for every version of a page, itself among them, and ``x-default`` last.

    ``addresses`` by code; ``default`` is the code whose page is for readers of no language named.
    """
    named = [(lang_tag(code), address) for code, address in addresses.items()]
    return [*named, ("x-default", addresses[default])] if default in addresses else named
