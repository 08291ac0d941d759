"""The tags every template has without asking: words, marks, badges, bars and the few components with a body."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from panoh.ground.languages import public as languages

from .. import drawings, navigation, paths
from ..display import Display, is_night

register = template.Library()

SHORT_NAMES = {"uz": "Oʻzb", "uz-cyrl": "Ўзб", "ru": "Рус", "en": "Eng", "kaa": "Qar"}
BADGES = {"u1": "▲▲", "u2": "▲", "u3": "●", "u4": "○"}
JSON_ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
NOTICES = {"info": "info", "done": "check", "warning": "alert", "danger": "alert"}


def current_language() -> str:
    code = get_language() or settings.LANGUAGE_CODE
    return code if any(code == known for known, _name in settings.LANGUAGES) else settings.LANGUAGE_CODE


# --- words and languages -------------------------------------------------------------------------------------------


@register.simple_tag
def word(code: str, language: str = "", **params: object) -> SafeString:
    """A reviewed sentence of ``centre/words``; what is put into it is escaped, the sentence itself too."""
    return mark_safe(escape(languages.word(code, language or current_language(), **params)))  # noqa: S308 (escaped here)


@register.simple_tag
def lang_tag(code: str = "") -> str:
    return languages.lang_tag(code or current_language())


@register.simple_tag
def text_direction() -> str:
    return "rtl" if current_language().split("-")[0] in settings.LANGUAGES_BIDI else "ltr"


@register.simple_tag(takes_context=True)
def switch_links(context: Context) -> list[dict[str, object]]:
    """The same page in each language, every name in its own script."""
    now = current_language()
    here = context.get("path", "") or f"/{now}/"
    return [
        {
            "href": paths.in_language(here, code, SHORT_NAMES),
            "tag": languages.lang_tag(code),
            "short": SHORT_NAMES[code],
            "name": name,
            "is_current": code == now,
        }
        for code, name in settings.LANGUAGES
    ]


@register.simple_tag
def public_path(page: str = "") -> str:
    """Where a public page stands in the reader's language: ``public_path "talk"`` is ``/uz/talk/``."""
    return f"/{current_language()}/{page + '/' if page else ''}"


# --- the frame -----------------------------------------------------------------------------------------------------


@register.simple_tag(takes_context=True)
def display_attributes(context: Context, night: bool = False) -> SafeString:
    """The reader's choices as attributes of <html>; with ``night`` a desk that was told nothing goes by the clock."""
    display: Display = context.get("display") or Display()
    if night and not display.theme and is_night(timezone.localtime().hour):
        display = display.with_theme("dark")
    attributes = {**display.attributes, **({"data-quiet": ""} if context.get("quiet") else {})}
    return format_html_join(" ", '{}="{}"', attributes.items())


@register.simple_tag(takes_context=True)
def other_theme(context: Context) -> str:
    """The theme that the desk's switch leads to."""
    now = (context.get("display") or Display()).theme or ("dark" if is_night(timezone.localtime().hour) else "light")
    return "light" if now == "dark" else "dark"


@register.simple_tag(takes_context=True)
def nav(context: Context) -> list[navigation.Entry]:
    request: HttpRequest | None = context.get("request")
    return navigation.entries(request.user, request.path) if request else []


@register.simple_tag
def counters_url() -> str:
    try:
        return reverse("desk:counters")
    except NoReverseMatch:
        return ""


@register.simple_tag
def mark() -> SafeString:
    """The arch whose opening is a speech bubble; it takes the colour of the text around it."""
    return mark_safe(drawings.MARK)  # noqa: S308 (a constant of ours)


@register.simple_tag
def icon_data() -> SafeString:
    """The tab's icon inside the page itself: one request fewer on a slow line."""
    return mark_safe(drawings.ICON_DATA)  # noqa: S308


@register.simple_tag
def icon(name: str) -> SafeString:
    return mark_safe(drawings.icon(name))  # noqa: S308 (drawn by us; an unknown name draws a dot)


# --- long lists ----------------------------------------------------------------------------------------------------


@register.simple_tag
def options(choices: Iterable[tuple[object, object]], chosen: object = None) -> SafeString:
    """The options of a select. A list of fifty people costs one call here and two hundred nodes in a template."""
    kept = None if chosen is None else str(chosen)
    return mark_safe("".join(_option(str(code), str(name), kept) for code, name in choices))  # noqa: S308 (escaped)


def _option(code: str, name: str, chosen: str | None) -> str:
    return f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>{escape(name)}</option>'


# --- time and urgency ----------------------------------------------------------------------------------------------


@register.simple_tag
def data_block(data: dict[str, Any]) -> SafeString:
    """What a page is, for machines: no browser runs such a block, and nothing in it can end it."""
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(JSON_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{told}</script>')  # noqa: S308 (escaped above)


@register.simple_tag
def urgency_badge(code: str) -> SafeString:
    """U1 to U4 by letters and shape as well as by colour."""
    code = str(code).lower()
    names = {"u1": _("In danger now"), "u2": _("Serious"), "u3": _("Soon"), "u4": _("Advice")}
    if code not in names:
        return SafeString("")
    return format_html(
        '<span class="badge badge-{}"><span aria-hidden="true">{}</span> {} <span class="badge-name">{}</span></span>',
        code,
        BADGES[code],
        code.upper(),
        names[code],
    )


@register.filter
def waited(since: datetime | None) -> str:
    """How long someone has been waiting, as a person would say it: "40 s", "4 min", "2 h 05 min", "3 days"."""
    if not since:
        return ""
    return spoken(int((timezone.now() - since).total_seconds()))


def spoken(seconds: int) -> str:
    seconds = max(seconds, 0)
    if seconds < 60:
        return _("%(seconds)d s") % {"seconds": seconds}
    if seconds < 3600:
        return _("%(minutes)d min") % {"minutes": seconds // 60}
    if seconds < 86_400:
        return _("%(hours)d h %(minutes)02d min") % {"hours": seconds // 3600, "minutes": seconds % 3600 // 60}
    days = seconds // 86_400
    return ngettext("%(days)d day", "%(days)d days", days) % {"days": days}


@register.simple_tag
def wait_bar(seconds: float, promise: float) -> SafeString:
    """The wait against the promise as a bar that fills: amber in the last third, red and striped when late."""
    share = 1.0 if promise <= 0 else max(seconds, 0) / promise
    kind = "late" if share >= 1 else "soon" if share >= 2 / 3 else "fine"
    said = _("waiting %(wait)s of %(promise)s") % {"wait": spoken(int(seconds)), "promise": spoken(int(promise))}
    return format_html(
        '<svg class="bar bar-{}" role="img" aria-label="{}"><rect width="{}%" height="100%"/></svg>',
        kind,
        said,
        round(min(share, 1) * 100),
    )


@register.filter
def notice_kind(tag: str) -> str:
    """The notice that fits a level of Django's messages."""
    return {"success": "done", "error": "danger", "warning": "warning"}.get(tag, "info")


# --- components with a body ----------------------------------------------------------------------------------------


@register.simple_block_tag
def notice(content: SafeString, kind: str = "info", title: str = "") -> SafeString:
    kind = kind if kind in NOTICES else "info"
    heading = format_html('<p class="notice-title">{}</p>', title) if title else ""
    return format_html(
        '<div class="notice notice-{}">{}<div>{}{}</div></div>', kind, icon(NOTICES[kind]), heading, content
    )


@register.simple_block_tag
def dialogue(content: SafeString, name: str, title: str) -> SafeString:
    """A <dialog> opened by any button with ``data-open="name"``; without JavaScript by a link to ``#name``."""
    return format_html(
        '<dialog class="dialogue" id="{0}" aria-labelledby="{0}-title"><h2 id="{0}-title">{1}</h2>{2}</dialog>',
        name,
        title,
        content,
    )


@register.simple_block_tag
def table(content: SafeString, caption: str) -> SafeString:
    """A table that scrolls sideways inside its own frame and can be reached by keyboard."""
    return format_html(
        '<div class="table-scroll" tabindex="0" role="region" aria-label="{0}">'
        "<table><caption>{0}</caption>{1}</table></div>",
        caption,
        content,
    )


@register.filter
def error_links(form: Any) -> Iterable[tuple[str, str, str]]:
    """Each error of a form with the id and the label of its field; both "" for errors of the form as a whole."""
    found = [("", "", str(error)) for error in form.non_field_errors()]
    for field in form:
        found += [(_first_id(field), str(field.label), str(error)) for error in field.errors]
    return found


def _first_id(field: Any) -> str:
    """A group of radio buttons has no id of its own: its first button does."""
    return f"{field.auto_id}_0" if field.use_fieldset else str(field.auto_id)
