"""Takes updates from the inbound ledger in order: one chat's in Telegram's order, no chat waits for another's flood."""

import time
from collections import Counter, OrderedDict
from datetime import datetime

from django.utils import timezone

from panoh.ground.vault import public as vault

from . import gaps, queries, reading
from .models import InboundUpdate, Outcome
from .services.inbox import open_update, process_update

AT_A_TIME = 50  # then the ledger is read again, so that a newcomer does not wait behind a flood
CHATS_REMEMBERED = 20_000


class Receiver:
    """One pass after another over what waits. Use one in one thread.

    ``hold_gaps``: numbers of updates follow each other, so a missing one is probably still on its way to the webhook;
    what came after it waits as long as ``gaps`` says. The long poll hands updates over in order already.
    """

    def __init__(self, *, hold_gaps: bool = True) -> None:
        self.hold_gaps = hold_gaps
        self._chats: OrderedDict[int, int] = OrderedDict()

    def run_pass(self, now: datetime | None = None) -> int:
        """Deal with what is due, at most ``AT_A_TIME``; how many were dealt with."""
        now = now or timezone.now()
        done, stuck = 0, set[int]()
        for row in self._fair(self._without_gaps(queries.waiting_updates(), now)):
            chat = self._chats[row.pk]
            if chat in stuck:
                continue
            if (row.next_attempt_at and row.next_attempt_at > now) or not process_update(row.pk):
                stuck.add(chat)
                continue
            self._chats.pop(row.pk, None)
            done += 1
            if done >= AT_A_TIME:
                break
        return done

    def drain(self) -> int:
        """Passes until nothing is due at this moment."""
        total = 0
        while done := self.run_pass():
            total += done
        return total

    def _without_gaps(self, rows: list[InboundUpdate], now: datetime) -> list[InboundUpdate]:
        """The rows before the first gap that is still worth waiting for."""
        if not self.hold_gaps:
            return rows
        previous = 0
        for place, row in enumerate(rows):
            young = now - row.received_at < gaps.LONGEST
            if young and row.pk != previous + 1 and _is_missing(row, now):
                return rows[:place]
            previous = row.pk
        return rows

    def _fair(self, rows: list[InboundUpdate]) -> list[InboundUpdate]:
        """The first of every chat, then the second of every chat, and so on: order holds within a chat."""
        self._read_chats([row.pk for row in rows if row.pk not in self._chats])
        seen: Counter[int] = Counter()
        turns = []
        for row in rows:
            chat = self._chats[row.pk]
            turns.append((seen[chat], row.pk, row))
            seen[chat] += 1
        return [row for _, _, row in sorted(turns, key=lambda turn: turn[:2])]

    def _read_chats(self, update_ids: list[int]) -> None:
        """Remember whose these updates are; one that cannot be read stands for itself."""
        while len(self._chats) > CHATS_REMEMBERED:
            self._chats.popitem(last=False)
        for row in queries.update_rows(update_ids):
            self._chats[row.pk] = _chat_of(row) or -row.pk


def _is_missing(row: InboundUpdate, now: datetime) -> bool:
    """The one before is still on its way, or came after this pass was read: the next pass has it in its place."""
    outcome = queries.outcome_of(row.pk - 1)
    return _is_awaited(row, now) if outcome is None else outcome == Outcome.WAITING


def _is_awaited(row: InboundUpdate, now: datetime) -> bool:
    fresh = not queries.anything_came(row.received_at - gaps.FRESH, row.received_at)
    return gaps.worth_waiting(row.received_at, queries.arrivals(row.received_at), now, fresh=fresh)


def _chat_of(row: InboundUpdate) -> int:
    try:
        return reading.chat_of(open_update(row))
    except (reading.UnreadableError, vault.VaultError):
        return 0


def process_pending() -> int:
    """Deal with everything that waits, for as long as it takes; how many updates were dealt with."""
    receiver, total = Receiver(), 0
    while waiting := queries.waiting_updates():
        total += receiver.drain()
        waiting = queries.waiting_updates()
        if waiting:
            time.sleep(0.05)
    return total
