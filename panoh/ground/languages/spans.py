"""Finds what no change of script may touch: addresses, handles, placeholders, markup, numerals, names of products."""

import re
from collections.abc import Iterator
from pathlib import Path

_LISTS = Path(__file__).parent / "lists"


def lines_of(name: str) -> list[str]:
    """The lines of a list of words, without remarks."""
    lines = (_LISTS / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def words_of(name: str) -> list[str]:
    return [word for line in lines_of(name) for word in line.split()]


def _any_of(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


# Uzbek endings in the order they pile up; shared with the loan-word stems.
SUFFIXES = (
    r"(?:(?:lash|lan)[a-zʻʼ]{1,20}|(?:chi|chilik|lik|lig|siz|li|dor|lash|lashtir|lan|dosh)*(?:lar)?(?:imiz|ingiz|im|ing|miz|ngiz|si|i|m|ng)?"
    r"(?:ning|niki|ni|gacha|ga|ka|qa|dan|dagi|da|cha|day|dek)?(?:lar|gi)?(?:gina|kina|qina)?(?:mi|chi|ku|dir|man|san|miz|siz|edi|ekan|mas)*)"
)
_MARK = "['‘’ʻʼ`´-]"

_PROTECTED = re.compile(
    "|".join(
        [
            r"%\(\w+\)[#0\- +]*\d*(?:\.\d+)?[diouxXeEfFgGcrs]",  # %(name)s
            r"%[diouxXeEfFgGcrs](?![^\W\d_])",  # %s
            r"\{\{[^{}]{0,300}\}\}|\{%[^{}]{0,300}%\}",  # template tags
            r"\{[\w.!:,\[\]]{0,80}\}",  # {name}
            r"<!--[^<>]{0,2000}-->|</?[A-Za-z][^<>]{0,2000}>",  # markup
            r"&(?:[A-Za-z]\w*|#\d+|#x[0-9A-Fa-f]+);",  # entities
            r"(?<!\w)`[^`\n]+`(?!\w)",  # code
            r"(?:https?|tg|ftp)://[^\s<>«»“”\"]*[^\s<>«»“”\".,;:!?)\]']",
            r"www\.[^\s<>«»“”\"]*[^\s<>«»“”\".,;:!?)\]']",
            r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}",  # e-mail
            rf"(?<![\w.@-])(?:[A-Za-z0-9][A-Za-z0-9-]{{0,62}}\.){{1,8}}(?i:{_any_of(words_of('domains'))})\b"
            r"(?:/[^\s<>«»“”\"]*[^\s<>«»“”\".,;:!?)\]'])?",
            rf"(?<![\w-])[\w-]{{1,80}}\.(?i:{_any_of(words_of('files'))})\b",
            r"(?<![\w@])[@#]\w+",
            r"(?<!\w)(?:page|door):[\w/-]+",  # our own pages
            r"(?<![\w/])/[a-z]+\b(?!/)",  # bot commands
            rf"(?<![^\W_])(?:{_any_of(words_of('capitals'))})(?:{_MARK}?{SUFFIXES})(?![^\W_])",
            rf"(?<![^\W_])(?:{_any_of(lines_of('names'))})(?:{_MARK}?{SUFFIXES})(?![^\W_])",
            r"(?<![^\W_])\d+(?:[.,]\d+)?[A-Z]{1,4}(?![^\W_])",  # 4G
            r"(?<![^\W_])[A-Z]{1,6}-?\d+(?![^\W_])",  # MP3
            # Roman numerals; a single letter with a full stop is somebody's initial
            r"(?<![^\W_])(?=[IVXLCDM]{2})M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})(?![^\W_])",
            r"(?<![^\W_])[IVX](?![^\W_]|[.ʼ'])",
        ]
    ),
    re.DOTALL,
)


def split(text: str) -> tuple[tuple[bool, str], ...]:
    """``text`` cut into ``(is_protected, piece)``; joined again the pieces are the text."""
    return tuple(_cut(text))


def _cut(text: str) -> Iterator[tuple[bool, str]]:
    last = 0
    for found in _PROTECTED.finditer(text):
        if found.start() > last:
            yield False, text[last : found.start()]
        if found.end() > found.start():
            yield True, found.group()
        last = found.end()
    if last < len(text):
        yield False, text[last:]
