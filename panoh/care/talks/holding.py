"""Which words of ours wait for a supervisor, as this centre's files say."""

from django.conf import settings
from django.utils.translation import get_language

from panoh.ground.common.centre import centre
from panoh.ground.organisations.public import numbers_to_call

from .protection import found_in


def words_to_hold(text: str) -> list[str]:
    """Codes of what could lead the person away from the centre; nothing for words that may go out as they are."""
    return found_in(text, allowed_links(), allowed_numbers())


def allowed_links() -> list[str]:
    """Addresses that staff may send."""
    return list(centre("protection", "allowed_links", default=[]))


def allowed_numbers() -> list[str]:
    """Numbers to call that staff may send: those the centre itself shows."""
    return [number.number for number in numbers_to_call(get_language() or settings.LANGUAGE_CODE)]
