"""Public addresses across languages: the same page, another prefix."""

from collections.abc import Container


def in_language(path: str, language: str, known: Container[str]) -> str:
    """``/uz/talk/?a=1`` in ``ru`` is ``/ru/talk/?a=1``; a path without a language leads to that language's front."""
    _, _, rest = path.partition("/")
    prefix, slash, tail = rest.partition("/")
    return f"/{language}/{tail}" if slash and prefix in known else f"/{language}/"


def language_of(path: str, known: Container[str]) -> str:
    """The language an address begins with, or ""."""
    prefix = path.lstrip("/").partition("/")[0]
    return prefix if prefix in known else ""


def preferred(accept: str, known: Container[str]) -> str:
    """The first language of an ``Accept-Language`` header that we speak, or "".

    ``uz-Cyrl-UZ`` is Uzbek in Cyrillic, ``uz-Latn`` and plain ``uz`` are Latin; ``kaa-Cyrl`` still reads Karakalpak.
    """
    for _, code in sorted(_weighted(accept), key=lambda pair: -pair[0]):
        while code:
            if code in known:
                return code
            code = code.rpartition("-")[0]
    return ""


def _weighted(accept: str) -> list[tuple[float, str]]:
    found = []
    for part in accept[:500].lower().split(","):
        code, _, quality = part.strip().partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            continue
        if weight > 0:
            found.append((weight, code.strip().replace("_", "-")))
    return found
