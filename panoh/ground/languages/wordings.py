"""Compares the texts of all languages with each other and with their reviews."""

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256
from string import Formatter
from typing import NamedTuple

Texts = Mapping[str, str]
_CODE = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_]+)+")


class Review(NamedTuple):
    """Who read which wording in which language, and on which day (ISO date)."""

    language: str
    code: str
    text_sha256: str
    by: str
    on: str


def text_hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def placeholders(text: str) -> frozenset[str]:
    """The names in braces. Raises ``ValueError`` for a text whose braces do not close."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def faults(texts: Mapping[str, Texts]) -> list[str]:
    """What is wrong between the languages, one sentence each: missing codes, other placeholders, broken braces."""
    said = []
    every = sorted(set().union(*(table.keys() for table in texts.values())))
    for code in every:
        if not _CODE.fullmatch(code):
            said.append(f"{code}: a code is small letters, digits and dots")
        missing = [language for language, table in texts.items() if not table.get(code, "").strip()]
        if missing:
            said.append(f"{code}: no text in {', '.join(missing)}")
        said += _placeholder_faults(code, {k: t[code] for k, t in texts.items() if code in t})
    return said


def _placeholder_faults(code: str, wordings: Texts) -> list[str]:
    said, found = [], {}
    for language, text in wordings.items():
        try:
            found[language] = placeholders(text)
        except ValueError:
            said.append(f"{code}: the braces of {language} do not close")
    if len(set(found.values())) > 1:
        each = "; ".join(f"{language} has {', '.join(sorted(names)) or 'none'}" for language, names in found.items())
        said.append(f"{code}: placeholders differ: {each}")
    return said


def reviewed_codes(texts: Texts, reviews: Iterable[Review], language: str) -> frozenset[str]:
    """Codes whose present wording was read by somebody; a changed text has lost its review."""
    known = {(r.code, r.text_sha256) for r in reviews if r.language == language and r.by}
    return frozenset(code for code, text in texts.items() if (code, text_hash(text)) in known)


def as_toml(reviews: Iterable[Review]) -> list[str]:
    """The lines of ``reviews.toml``."""
    lines = []
    for review in reviews:
        lines += ["", "[[review]]"]
        lines += [f"{field} = {json.dumps(value, ensure_ascii=False)}" for field, value in review._asdict().items()]
    return lines
