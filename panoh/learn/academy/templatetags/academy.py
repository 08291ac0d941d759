"""Tags of the courses' pages: what a step is called, a text of the reader's language, marks of what was read."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.conf import settings
from django.template.context import Context
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ..forms.exams import REASONS

register = template.Library()


@register.simple_tag
def kind_name(kind: str) -> str:
    """What a step is, in a word or two; nothing for a plain text."""
    return {
        "activity": _("Activity for the class"),
        "discussion": _("To talk about"),
        "practice": _("Practice"),
        "download": _("To download"),
        "video": _("Video"),
        "picture": _("Drawing or photo"),
    }.get(kind, "")


@register.simple_tag
def test_name(kind: str) -> str:
    return {
        "pre_test": _("Test before the module"),
        "post_test": _("Test after the module"),
        "final_test": _("Final test"),
    }.get(kind, kind)


@register.simple_tag
def titled(titles: Mapping[str, Mapping[str, str]], module: str) -> Any:
    """The title of a module in the reader's language."""
    return here(titles.get(module, {})) or module


@register.filter
def here(said: Mapping[str, Any]) -> Any:
    """The entry of the reader's language, or the first there is."""
    return said.get(get_language() or settings.LANGUAGE_CODE) or next(iter(said.values()), "")


@register.filter
def title_of(words: Mapping[str, Any]) -> str:
    return str(words["title"]) if words else ""


@register.filter
def of_code(names: Mapping[str, str], code: str) -> str:
    """The name of one of us; a dash for who is not known any more."""
    return names.get(code, "–")


@register.filter
def duration(minutes: int) -> str:
    """25 min; from an hour and a half on in hours."""
    if minutes < 90:
        return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}
    hours = round(minutes / 60)
    return ngettext("about %(count)d hour", "about %(count)d hours", hours) % {"count": hours}


@register.simple_tag
def is_done(read: set[tuple[str, str]], module: str, lesson: str) -> bool:
    return (module, lesson) in read


@register.simple_tag
def done_in(read: set[tuple[str, str]], module: Mapping[str, Any]) -> int:
    """How many lessons of a module were read to the end."""
    return sum((module["code"], lesson["code"]) in read for lesson in module["lessons"])


@register.simple_tag(takes_context=True)
def own_address(context: Context) -> str:
    """Where this page stands, whole, for its printed copy."""
    return f"{settings.PUBLIC_URL}{context['request'].path}"


# --- tests at the desk --------------------------------------------------------------------------------------------


@register.simple_tag
def share(value: float | None) -> str:
    return "–" if value is None else f"{value * 100:.0f} %"


@register.simple_tag
def figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


@register.simple_tag
def flag_names(flags: Iterable[str]) -> str:
    """What an editor should look at, in words."""
    names = {
        "key": _("the key is probably wrong"),
        "easy": _("nearly everybody knows it"),
        "hard": _("hardly anybody knows it"),
        "poor": _("does not tell who knows"),
        "idle": _("an option that nobody takes"),
        "exposed": _("seen very often"),
    }
    return ", ".join(names[flag] for flag in flags) or "–"


@register.simple_tag
def reason_name(code: str) -> Any:
    return dict(REASONS).get(code, code)


@register.simple_tag
def state_name(state: str) -> str:
    return {
        "in_progress": _("in progress"),
        "submitted": _("handed in"),
        "overdue": _("ended at its deadline"),
        "abandoned": _("left unfinished"),
    }.get(state, state)


@register.simple_tag
def event_name(kind: str) -> str:
    return {
        "began": _("began"),
        "shown": _("question shown"),
        "saved": _("answer saved"),
        "late": _("answer came after the end"),
        "redrawn": _("question replaced"),
        "closed": _("ended"),
    }.get(kind, kind)
