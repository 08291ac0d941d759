"""Pictures of the symbol board, and words whose codes the questionnaire names."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from panoh.ground.languages.public import UnknownWordError, word
from panoh.ground.ui.templatetags.ui import current_language

from .. import symbols

register = template.Library()


@register.simple_tag
def symbol(name: str, size: int = 40) -> SafeString:
    return mark_safe(symbols.drawn(name, size))  # noqa: S308 (drawn by us)


@register.filter
def said(code: str) -> str:
    """``{{ question.words|said }}``: the word of a code that the questionnaire names; escaped like any text."""
    return word(code, current_language())


@register.filter
def said_easily(words: str, part: str) -> str:
    """The easy wording or the help of a question; nothing where a version has none."""
    try:
        return word(f"{words}.{part}", current_language())
    except UnknownWordError:
        return ""
