"""What became of one call to Telegram, in five words. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Answer:
    """``sent``: Telegram took it. ``wait``: it asks for ``seconds``. ``later``: certainly not taken, try again.

    ``refused``: never will be, ``reason`` says why. ``unknown``: written to Telegram, and no answer came.
    """

    fate: str
    number: int | None = None
    seconds: float = 0.0
    reason: str = ""


REASONS = {
    "bot was blocked": "blocked",
    "user is deactivated": "deactivated",
    "chat not found": "chat_not_found",
    "message is too long": "too_long",
    "message text is empty": "empty",
    "query is too old": "too_old",
    "to delete not found": "gone",
    "to edit not found": "gone",
    "is not modified": "same",
}


def reason_of(description: str) -> str:
    """A short code for Telegram's sentence; its words are not kept."""
    low = description.lower()
    return next((code for words, code in REASONS.items() if words in low), "refused")
