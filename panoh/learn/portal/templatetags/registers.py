"""Tags of the public registers: how a promise stands, and texts that are in another language than the page."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from panoh.ground.languages.public import lang_tag, word
from panoh.ground.ui.templatetags.ui import current_language

from ..queries.partners import Said
from ..queries.reviews import review_in

register = template.Library()


@register.simple_tag
def pledge_state(state: str) -> str:
    return word(f"portal.pledge_{state}", current_language())


@register.simple_tag
def partner_kind(kind: str) -> str:
    return word(f"portal.partner_{kind}", current_language())


@register.simple_tag
def other_language(said: Said) -> SafeString:
    """A ``lang`` attribute for a text that there is only in another language, so that it is read aloud rightly."""
    if not said.text or said.language == current_language():
        return SafeString("")
    return format_html(' lang="{}"', lang_tag(said.language))


@register.simple_tag
def review_score(words: dict[str, str], score: int, most: int) -> str:
    """Such as "9 of 12", in the words of the review."""
    return words["score"].format(score=score, most=most)


@register.simple_tag
def review_title() -> str:
    """The title of the school's self-review, "" in a language that has none."""
    review = review_in(current_language())
    return review.words["title"] if review else ""
