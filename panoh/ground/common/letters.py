"""Slips of letters that no reader sees and every search does. Pure of Django; lines count from 1."""

import re
from collections.abc import Iterator

_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN, _CYRILLIC = re.compile("[A-Za-z\u00c0-\u024f]"), re.compile("[\u0400-\u052f]")
_STRAIGHT = re.compile(r"[oOgG]['`‘’ʼ]")  # Uzbek writes oʻ and gʻ with U+02BB


def mixed(text: str) -> Iterator[tuple[int, str]]:
    """Line and word, where Latin and Cyrillic letters stand in one word."""
    for line, words in enumerate(text.splitlines(), 1):
        for word in _LETTERS.findall(words):
            if _LATIN.search(word) and _CYRILLIC.search(word):
                yield line, word


def straight(text: str) -> Iterator[tuple[int, str]]:
    """Line and letters, where Uzbek oʻ or gʻ is written with another mark than U+02BB."""
    for line, words in enumerate(text.splitlines(), 1):
        for found in _STRAIGHT.findall(words):
            yield line, found
