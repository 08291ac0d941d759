"""Names of what posts carry as codes, and days that ``data`` keeps as text."""

from datetime import date
from typing import Any

from django import template
from django.urls import reverse

from panoh.ground.languages.public import word
from panoh.ground.places.public import region_name
from panoh.ground.ui.templatetags.ui import current_language

register = template.Library()


@register.filter
def day(text: Any) -> date | None:
    """``2027-02-09`` as a day; nothing for an empty text."""
    return date.fromisoformat(text) if isinstance(text, str) and text else None


@register.simple_tag
def code_name(group: str, code: Any) -> str:
    """The name of a code: ``{% code_name "resource.kind" "card-game" %}``; nothing for a draft that has none yet."""
    if not code:
        return ""
    return word(f"{group}_{str(code).replace('-', '_')}", current_language())


@register.simple_tag
def place_name(code: str) -> str:
    return region_name(code, current_language())


@register.simple_tag
def ages_of(data: dict[str, Any]) -> str:
    return ", ".join(word(f"portal.age_{age.replace('-', '_')}", current_language()) for age in data.get("ages") or [])


@register.filter
def kilobytes(text: str) -> int:
    """What the words of a page weigh, at least one."""
    return max(1, round(len(text.encode()) / 1024))


def _address(photo: dict[str, Any], width: int, ending: str) -> str:
    return reverse("picture", kwargs={"token": photo["token"], "width": width, "ending": ending})


@register.simple_tag
def picture_url(photo: dict[str, Any], ending: str) -> str:
    """The narrowest copy: what a browser takes that knows no sets."""
    return _address(photo, min(photo["widths"]), ending)


@register.simple_tag
def srcset(photo: dict[str, Any], ending: str) -> str:
    return ", ".join(f"{_address(photo, width, ending)} {width}w" for width in photo["widths"])
