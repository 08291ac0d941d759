"""A text in several languages, and how one of them is chosen."""

from django.db import models

from panoh.ground.languages.public import to_script

Texts = models.JSONField[dict[str, str], dict[str, str]]
Codes = models.JSONField[list[str], list[str]]


def in_language(texts: dict[str, str], language: str) -> str:
    """The text in this language; Uzbek Cyrillic is turned from Latin; else in the first language there is."""
    if language == "uz-cyrl" and language not in texts and "uz" in texts:
        return to_script(texts["uz"], language)
    for code in (language, "uz", "ru", "en"):
        if texts.get(code):
            return texts[code]
    return next(iter(texts.values()), "")
