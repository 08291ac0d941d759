"""Tags of the portal's pages: names of audiences and ages, breadcrumbs, drawings."""

from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils import formats
from django.utils.safestring import SafeString, mark_safe

from panoh.ground.languages.public import word
from panoh.ground.ui.templatetags.ui import current_language

from .. import drawings
from ..forms.board import STATES
from ..models import Readers, Sheet
from ..queries import Recording

register = template.Library()
PAGES = {
    "about": "portal.about",
    "how-we-write": "portal.how_we_write",
    "accessibility-statement": "portal.accessibility",
}


def _word(code: str) -> str:
    return word(code, current_language())


@register.simple_tag
def drawing(name: str) -> SafeString:
    return mark_safe(drawings.drawing(name))  # noqa: S308 (drawn by us)


@register.simple_tag
def audience_name(audience: str) -> str:
    return _word(f"portal.{audience}")


@register.simple_tag
def audience_lead(audience: str) -> str:
    return _word(f"portal.{audience}_lead")


@register.simple_tag
def age_name(age: str) -> str:
    return _word(f"portal.age_{age.replace('-', '_')}")


@register.simple_tag
def reason_name(reason: str) -> str:
    return _word(f"portal.reason_{reason}")


@register.simple_tag
def recording_name(kind: str) -> str:
    return _word(f"portal.recording_{kind}")


@register.simple_tag
def recording_size(one: Recording) -> str:
    return word("portal.recording_size", current_language(), size=formats.number_format(one.megabytes, 1))


@register.simple_tag
def pack_name(code: str) -> str:
    return _word(f"portal.pack_{code}")


@register.simple_tag(takes_context=True)
def own_address(context: Context) -> str:
    """Where this page stands, whole, for its printed copy."""
    return f"{settings.PUBLIC_URL}{context['request'].path}"


@register.simple_tag
def page_name(slug: str) -> str:
    return _word(PAGES[slug])


@register.filter
def words_of(text: str) -> list[str]:
    return text.split()


@register.simple_tag
def plain_list(value: Any) -> str:
    """A list, or a text that is one already."""
    return value if isinstance(value, str) else ", ".join(map(str, value))


@register.simple_tag
def limits_of(sheet: Sheet) -> str:
    return ", ".join(_word(f"portal.limit_{limit}") for limit in sheet.data.get("limits", []))


@register.simple_tag
def cost_of(sheet: Sheet) -> str:
    return _word(f"portal.cost_{sheet.data.get('cost') or 'mixed'}")


@register.inclusion_tag("portal/parts/crumbs.html")
def crumbs(here: str, audience: str = "", list_url: str = "", list_name: str = "") -> dict[str, str]:
    return {"here": here, "audience": audience, "list_url": list_url, "list_name": list_name}


# --- the editors' board -----------------------------------------------------------------------------------------------

BADGES = {"missing": "badge-danger", "machine": "badge-info", "draft": "badge-warning", "stale": "badge-warning",
          "reviewed": "badge-done", "later": "badge-info"}  # fmt: skip


@register.simple_tag
def board_state(state: str) -> str:
    return str(STATES[state])


@register.simple_tag
def board_badge(state: str) -> str:
    return BADGES.get(state, "")


@register.simple_tag
def readers_name(audience: str) -> str:
    return str(Readers(audience).label) if audience else ""
