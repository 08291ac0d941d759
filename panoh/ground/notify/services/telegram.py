"""Telegram: the bot stands above this room, so it says here how a message gets to a chat."""

from collections.abc import Callable

from django.conf import settings

from ..errors import DeliveryRefusedError

Send = Callable[[str, str], None]
_bots: list[Send] = []


def register_telegram(send: Send) -> None:
    """``send(chat, text)`` writes a message down for the bot; it raises ``DeliveryRefusedError`` for who wants none."""
    _bots[:] = [send]


def telegram_available() -> bool:
    return bool(_bots and settings.TELEGRAM_TOKEN)


def send_telegram(address: str, text: str) -> None:
    """Hand one message to the bot, which keeps to Telegram's pace and tries again by itself."""
    if not telegram_available():
        raise DeliveryRefusedError("no_bot")
    _bots[0](address, text)
