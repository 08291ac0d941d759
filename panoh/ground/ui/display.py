"""How one person likes to see pages: a handful of short codes, kept in one cookie on their own device."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

COOKIE = "view"
CHOICES: dict[str, tuple[str, ...]] = {
    "size": ("large", "larger"),
    "contrast": ("more",),
    "theme": ("light", "dark"),
    "reading": ("easy",),
    "spacing": ("wide",),
    "images": ("low",),
}


@dataclass(frozen=True)
class Display:
    """Empty means: as the device itself asks."""

    language: str = ""
    size: str = ""
    contrast: str = ""
    theme: str = ""
    reading: str = ""
    spacing: str = ""
    images: str = ""

    @property
    def cookie(self) -> str:
        """``uz.dark.easy``: every code names its own field, so the order is free."""
        return ".".join(filter(None, (getattr(self, field.name) for field in fields(self))))

    @property
    def attributes(self) -> dict[str, str]:
        return {f"data-{name}": getattr(self, name) for name in CHOICES if getattr(self, name)}

    def with_theme(self, theme: str) -> "Display":
        return replace(self, theme=theme)


def read_cookie(value: str, languages: Iterable[str]) -> Display:
    """What a cookie asks for; anything we never wrote is passed over in silence."""
    known = {code: name for name, codes in CHOICES.items() for code in codes}
    known.update(dict.fromkeys(languages, "language"))
    return Display(**{known[code]: code for code in value[:100].split(".") if code in known})


def is_night(hour: int) -> bool:
    """When a desk that was told nothing turns dark: from eight in the evening to seven in the morning."""
    return hour >= 20 or hour < 7
