"""One leaf in another script of its language. Stands on ``languages``; addresses and codes are never turned."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from panoh.ground.languages import public as languages

from . import recordings
from .tree import Leaf

Texts = dict[str, languages.Turned]
# Codes, dates and addresses in ``data``: the same in every script.
CODES = {"ages", "risks", "audiences", "page", "scale", "code", "official_site", "official_url", "tested_on", "limits",
         "kind", "cost", "date", "region", "corrected_on", "severity", "valid_to", "starts", "ends", "resources",
         "about", "licence", "token", "formats", "tags", "age_band", "letter", *recordings.NAMED}  # fmt: skip


def turned(leaves: Sequence[Leaf], language: str) -> list[Leaf]:
    """The same leaves, all of one language, for readers of ``language``.

    What a person reviewed in one script is not reviewed in the other.
    """
    if not leaves:
        return []
    plain = {text for leaf in leaves for text in (leaf.title, leaf.summary, *_strings(leaf.data)) if text}
    prose = {text for leaf in leaves for text in (leaf.body, leaf.easy) if text}
    words = languages.derive_many(plain, leaves[0].language, language)
    texts = languages.derive_many(prose, leaves[0].language, language, form="markdown")
    return [_turned(leaf, language, words, texts) for leaf in leaves]


def _turned(leaf: Leaf, language: str, words: Texts, texts: Texts) -> Leaf:
    def turn(text: str) -> str:
        return words[text].text if text else ""

    return replace(
        leaf,
        language=language,
        title=turn(leaf.title),
        summary=turn(leaf.summary),
        data=_data(leaf.data, turn),
        body=texts[leaf.body].text if leaf.body else "",
        easy=texts[leaf.easy].text if leaf.easy else "",
        reviewed_by="",
        reviewed_on="",
    )


def _data(value: Any, turn: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return turn(value)
    if isinstance(value, list):
        return [_data(one, turn) for one in value]
    if isinstance(value, dict):
        return {name: held if name in CODES else _data(held, turn) for name, held in value.items()}
    return value


def _strings(value: Any) -> Iterator[str]:
    """Every text that ``_data`` turns."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, dict):
        for name, held in value.items():
            if name not in CODES:
                yield from _strings(held)
