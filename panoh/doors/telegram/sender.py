"""Takes words on their way out from the ledger, speaks them at the right pace, and writes down what became of them."""

import json
import logging
import queue
import threading
import time
from datetime import timedelta
from typing import Any, Protocol
from uuid import UUID

from django.utils import timezone

from panoh.care.talks import public as talks
from panoh.ground.vault import public as vault

from . import queries, services
from .answers import Answer
from .models import Errand
from .pacing import Pace, back_off
from .services.errands import where_errand

logger = logging.getLogger("panoh.telegram")
AT_ONCE = 40
CLAIMED_AT_ONCE = 5  # what a sudden death of the bot leaves unknown is small
STALE = timedelta(seconds=60)
ERRAND_TRIES = 6
PLAYS_AT_ONCE = 3


class Speaks(Protocol):
    """What the sender needs of the line."""

    def send(self, chat: str, text: str, buttons: list[list[dict[str, str]]], done: Any) -> None: ...

    def do(self, method: str, payload: dict[str, Any]) -> Answer: ...


class Sender:
    """``run_pass`` claims, speaks and writes down; use one in one thread.

    A message in ``sending`` was claimed by somebody: when that process died, it is ``unconfirmed``, and no machine
    sends it again. Rows that only wait for their turn go back to ``queued`` when the bot stops.
    """

    def __init__(self, line: Speaks) -> None:
        self.line, self.pace = line, Pace()
        self.waiting: list[talks.Outgoing] = []
        self.speaking: dict[int, talks.Outgoing] = {}
        self.spoken: dict[UUID, str] = {}  # talk -> chat, as long as the chat must wait for its next message
        self.answers: queue.SimpleQueue[tuple[talks.Outgoing, Answer]] = queue.SimpleQueue()
        self.heard = threading.Event()

    def begin(self) -> None:
        """What a bot before us left in ``sending`` cannot be known."""
        talks.mark_stale_sending_unconfirmed(timezone.now())

    def run_pass(self) -> float:
        """One round; the seconds until the next can do something (at most 5)."""
        self._write_down()
        self._claim()
        self._speak()
        self._run_errands()
        return 0.0 if self._play() else self._nap()

    def finish(self, seconds: float = 2.0) -> None:
        """Wait for answers that are under way, and give back what was not spoken yet."""
        for out in self.waiting:
            talks.release_outgoing(out.message_id)
        self.waiting.clear()
        end = time.monotonic() + seconds
        while self.speaking and time.monotonic() < end:
            self.heard.wait(0.05)
            self._write_down()
        for out in self.speaking.values():
            talks.mark_unconfirmed(out.message_id)

    def drain(self, seconds: float = 5.0) -> None:
        """Rounds until nothing is under way and nothing is due."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.run_pass()
            if not self.speaking and not self.waiting and self.answers.empty():
                return
            self.heard.wait(0.02)

    def _claim(self) -> None:
        """As many as the pace has room for; what waits for a person who said /stop fails at once."""
        resting = self._resting()
        while (room := self._room()) > 0 and queries.anything_to_send(timezone.now(), resting):
            claimed = talks.claim_outgoing(talks.Channel.TELEGRAM, limit=room, skip=resting)
            hidden = queries.hidden_conversations(out.conversation_id for out in claimed) if claimed else set()
            for out in claimed:
                if out.conversation_id in hidden:
                    talks.mark_failed(out.message_id, reason="hidden")
                else:
                    self.waiting.append(out)
            if not hidden:
                return

    def _room(self) -> int:
        free = AT_ONCE - len(self.speaking) - len(self.waiting)
        return min(free, CLAIMED_AT_ONCE, self.pace.room(time.monotonic()))

    def _resting(self) -> set[UUID]:
        """Talks whose chat must wait before its next message: they stay ``queued`` until then."""
        now = time.monotonic()
        self.spoken = {talk: chat for talk, chat in self.spoken.items() if self.pace.wait(chat, now) > 0}
        return set(self.spoken)

    def _speak(self) -> None:
        now, still = time.monotonic(), []
        for out in self.waiting:
            wait = self.pace.wait(out.external_id, now)
            if wait > 2:
                talks.retry_later(out.message_id, at=timezone.now() + timedelta(seconds=wait), reason="pace")
            elif wait > 0 or not self.pace.room(now):
                still.append(out)
            else:
                self.pace.take(out.external_id, now)
                self.speaking[out.message_id] = out
                self.spoken[out.conversation_id] = out.external_id
                self._send(out)
        self.waiting = still

    def _send(self, out: talks.Outgoing) -> None:
        def done(answer: Answer) -> None:
            self.answers.put((out, answer))
            self.heard.set()

        self.line.send(out.external_id, out.body, out.meta.get("buttons") or [], done)

    def _write_down(self) -> None:
        self.heard.clear()
        settled = []
        while not self.answers.empty():
            out, answer = self.answers.get()
            self.speaking.pop(out.message_id, None)
            self._settle(out, answer)
            settled.append((out, answer))
        self._hide_late(settled)

    def _hide_late(self, settled: list[tuple[talks.Outgoing, Answer]]) -> None:
        """A word that was under way while the person said /stop is taken back like the others."""
        sent = {out.conversation_id: (out, answer.number) for out, answer in settled if answer.fate == "sent"}
        for conversation_id in queries.hidden_conversations(sent) if sent else ():
            out, number = sent[conversation_id]
            services.new_errand("delete", chat_id=out.external_id, message_ids=[number])

    def _settle(self, out: talks.Outgoing, answer: Answer) -> None:
        if answer.fate == "sent":
            talks.mark_sent(out.message_id, external_id=answer.number)
        elif answer.fate == "wait":
            self.pace.flooded(out.external_id, answer.seconds, time.monotonic())
            self._later(out, answer.seconds, answer.reason)
        elif answer.fate == "later":
            self._later(out, back_off(out.attempts), answer.reason)
        elif answer.fate == "unknown":
            talks.mark_unconfirmed(out.message_id)
        else:
            self._refused(out, answer.reason)

    def _later(self, out: talks.Outgoing, seconds: float, reason: str) -> None:
        talks.retry_later(out.message_id, at=timezone.now() + timedelta(seconds=seconds), reason=reason)

    def _refused(self, out: talks.Outgoing, reason: str) -> None:
        talks.mark_failed(out.message_id, reason=reason)
        if reason in {"blocked", "deactivated"}:
            talks.set_blocked(talks.identity_for(talks.Channel.TELEGRAM, out.external_id), at=timezone.now())

    def _run_errands(self) -> None:
        for errand in queries.due_errands(timezone.now()):
            try:
                text = vault.unseal(errand.data_key, errand.payload, where=where_errand(errand.pk))
            except vault.VaultError:
                services.finish_errand(errand, failure="unreadable")
                continue
            self._run_errand(errand, json.loads(text))

    def _play(self) -> bool:
        """Quizzes, a few in each round and only when no words wait, at the same pace; whether more may be due."""
        if self.waiting or not self.pace.room(time.monotonic()):
            return False
        due = queries.due_plays(timezone.now(), PLAYS_AT_ONCE)
        for errand in due:
            try:
                payload = json.loads(vault.unseal(errand.data_key, errand.payload, where=where_errand(errand.pk)))
            except vault.VaultError:
                services.finish_errand(errand, failure="unreadable")
                continue
            self._play_one(errand, payload)
        return len(due) == PLAYS_AT_ONCE

    def _play_one(self, errand: Errand, payload: dict[str, Any]) -> None:
        """What may have arrived is not sent again: the next tap writes the whole screen anyway."""
        chat, now = str(payload["chat_id"]), time.monotonic()
        if wait := self.pace.wait(chat, now):
            services.postpone_errand(errand, at=timezone.now() + timedelta(seconds=wait), tried=False)
            return
        self.pace.take(chat, now)
        answer = self.line.do(errand.method, payload)
        if answer.fate == "wait":
            self.pace.flooded(chat, answer.seconds, time.monotonic())
        if answer.fate in {"wait", "later"} and errand.attempts < ERRAND_TRIES:
            seconds = max(answer.seconds, back_off(errand.attempts))
            services.postpone_errand(errand, at=timezone.now() + timedelta(seconds=seconds))
            return
        if errand.method == "play" and answer.number:
            services.note_played(chat, answer.number, timezone.now())
        services.finish_errand(errand, failure="" if answer.fate == "sent" else answer.reason)

    def _run_errand(self, errand: Errand, payload: dict[str, Any]) -> None:
        answer = self.line.do(errand.method, payload)
        if answer.fate in {"wait", "later", "unknown"} and errand.attempts < ERRAND_TRIES:
            seconds = max(answer.seconds, back_off(errand.attempts))
            services.postpone_errand(errand, at=timezone.now() + timedelta(seconds=seconds))
            return
        rest = payload.get("message_ids", [])[100:]
        if rest:
            services.new_errand("delete", chat_id=payload["chat_id"], message_ids=rest)
        services.finish_errand(errand, failure="" if answer.fate == "sent" else answer.reason)

    def _nap(self) -> float:
        if not self.answers.empty():
            return 0.0
        now, chats = time.monotonic(), [*self.spoken.values(), *(out.external_id for out in self.waiting)]
        return min([1.0, *(0.05 + self.pace.wait(chat, now) for chat in chats)])
