"""How fast the bot may speak: one message a second in a chat (a short burst first), 25 a second over all. Pure.

Telegram's own limits: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

from collections import OrderedDict
from dataclasses import dataclass, field

CHAT_RATE, CHAT_BURST = 1.0, 3.0
RATE, BURST = 25.0, 25.0
CHATS_REMEMBERED = 10_000
FLOOD_WINDOW = 5.0


@dataclass
class Bucket:
    """Tokens that come back at ``rate`` a second up to ``size``. Times are seconds of one monotonic clock."""

    rate: float
    size: float
    tokens: float
    at: float

    def _fill(self, now: float) -> None:
        self.tokens = min(self.size, self.tokens + max(0.0, now - self.at) * self.rate)
        self.at = max(self.at, now)

    def wait(self, now: float) -> float:
        """Seconds until a token is there."""
        self._fill(now)
        return max(0.0, (1 - self.tokens) / self.rate)

    def take(self, now: float) -> None:
        self._fill(now)
        self.tokens -= 1


@dataclass
class Pace:
    """One pace for one bot. ``wait`` says how long, ``take`` spends; a 429 holds one chat, a second one holds all."""

    chats: "OrderedDict[str, Bucket]" = field(default_factory=OrderedDict)
    held: dict[str, float] = field(default_factory=dict)
    all_held_until: float = 0.0
    last_flood: tuple[str, float] = ("", -1e9)
    whole: Bucket = field(default_factory=lambda: Bucket(RATE, BURST, BURST, 0.0))

    def room(self, now: float) -> int:
        """How many messages may start now over all chats."""
        if now < self.all_held_until:
            return 0
        self.whole.wait(now)
        return max(0, int(self.whole.tokens))

    def wait(self, chat: str, now: float) -> float:
        """Seconds this chat must wait."""
        held = max(self.held.get(chat, 0.0), self.all_held_until) - now
        return max(held, self._bucket(chat, now).wait(now), 0.0)

    def take(self, chat: str, now: float) -> None:
        self._bucket(chat, now).take(now)
        self.whole.take(now)
        self.held.pop(chat, None)

    def flooded(self, chat: str, seconds: float, now: float) -> None:
        """Telegram asked to wait. When it asks in two chats at once, it means the whole bot."""
        self.held[chat] = now + seconds
        other, at = self.last_flood
        if other not in {"", chat} and now - at < FLOOD_WINDOW:
            self.all_held_until = max(self.all_held_until, now + seconds)
        self.last_flood = (chat, now)

    def _bucket(self, chat: str, now: float) -> Bucket:
        bucket = self.chats.setdefault(chat, Bucket(CHAT_RATE, CHAT_BURST, CHAT_BURST, now))
        self.chats.move_to_end(chat)
        while len(self.chats) > CHATS_REMEMBERED:
            self.chats.popitem(last=False)
        return bucket


def back_off(attempts: int) -> float:
    """Seconds before the next try: 1, 2, 4 … at most 5 minutes."""
    return float(min(2 ** min(attempts, 9), 300))
