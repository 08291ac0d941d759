"""Tags of the playroom's pages: drawings, and the names of kinds and ages."""

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from panoh.ground.languages.public import word
from panoh.ground.ui import drawings as lines
from panoh.ground.ui.templatetags.ui import current_language

from .. import colours, drawings, leaves, recorded, recordings, shapes
from ..queries import Told

register = template.Library()
# A symbol for those who do not read, beside the words; none of them says more than they do.
SYMBOLS = {
    "listen": "sound", "look": "search", "stop": "hand", "think": "info", "tell": "talk", "leave": "out",
    "help": "people", "secret": "shield", "good": "check", "bad": "alert", "play": "star",
}  # fmt: skip
COVERS = {"stories": "lola:happy", "cards": "jerboa:happy", "workbook": "hoopoe:calm", "challenge": "lola:brave",
          "quizzes": "jerboa:surprised", "episodes": "tortoise:calm", "paths": "owl:calm"}  # fmt: skip


@register.simple_tag
def scene_drawing(row: dict[str, Any], said: str = "") -> SafeString:
    return mark_safe(drawings.scene(row["place"], row.get("who", []), row.get("things", []), said))  # noqa: S308 (ours)


@register.simple_tag
def coloured_drawing(row: dict[str, Any], said: str) -> SafeString:
    """Where no style sheet of ours is: in a book."""
    return mark_safe(colours.scene(row, said))  # noqa: S308 (drawn by us)


@register.simple_tag
def cover(kind: str, told: Told | None = None) -> SafeString:
    """Whom the first scene of a piece shows last, so that one story differs from another; else the kind's own."""
    shown = told.piece.rows[0].get("who") if told else None
    name, _, mood = (shown[-1] if shown else COVERS[kind]).partition(":")
    return mark_safe(drawings.portrait(name, mood))  # noqa: S308 (drawn by us)


@register.simple_tag
def sound_type(name: str) -> str:
    return recordings.type_of(name)


@register.simple_tag(takes_context=True)
def recording(context: Context, row: dict[str, Any]) -> str:
    """Where a scene is heard: on the site, or beside the pages of a pack if it was small; "" where nobody read it."""
    return _heard(context, str(row["told"].get("audio", "")))


@register.simple_tag(takes_context=True)
def recording_of(context: Context, name: str) -> str:
    return _heard(context, name or "")


def _heard(context: Context, name: str) -> str:
    if not context.get("frame"):
        return recorded.address(name)
    return f"{context['root']}sound/{name}" if name in (context.get("sounds") or ()) else ""


@register.simple_tag
def symbol(name: str) -> SafeString:
    return mark_safe(lines.icon(SYMBOLS.get(name, "dot")))  # noqa: S308 (drawn by us)


ANSWERS = {"safe": "good", "not": "stop", "ask": "help"}


@register.simple_tag
def choice_symbol(name: str) -> SafeString:
    """Beside a choice: whom one goes to, a thing, or one of the symbols; nothing for the letters of a quiz."""
    name = ANSWERS.get(name, name)
    return mark_safe(_drawn(name)) if _drawn(name) else symbol(name) if name in SYMBOLS else SafeString()  # noqa: S308


@register.simple_tag
def coloured_choice_symbol(name: str) -> SafeString:
    """The same in a book, where no style sheet of ours is."""
    drawn = _drawn(name)
    svg = drawings.coloured(drawn, colours.light()) if drawn else colours.line(lines.LINES[SYMBOLS[name]])
    return mark_safe(svg)  # noqa: S308 (drawn by us)


def _drawn(name: str) -> str:
    if name in shapes.WHO:
        return drawings.portrait(name, "calm")
    return drawings.thing(name) if name in shapes.THINGS else ""


@register.simple_tag
def kind_name(kind: str) -> str:
    return word(f"play.{kind}", current_language())


@register.simple_tag
def linked_name(told: Told, code: str) -> str:
    return leaves.name_of(told, code)


@register.simple_tag
def form_name(form: str) -> str:
    """What a file to take along is for."""
    return word(f"play.take_{form}", current_language())


@register.simple_tag
def age_name(age: str) -> str:
    return word(f"portal.age_{age.replace('-', '_')}" if age else "portal.age_all", current_language())


@register.simple_tag
def choice_words(row: dict[str, Any], choice: str) -> str:
    """What a choice says: its own words, or the same three in every quiz of that kind."""
    told = row["told"].get("choices", {})
    return str(told[choice]) if choice in told else word(f"play.answer_{choice}", current_language())
