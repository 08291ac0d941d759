"""Reads what changed once, and hands it to everyone who has that talk open.

The row is the truth. A bell only says "look"; a comparison every two seconds finds what a lost bell did not say.
Everything here runs on one event loop; the functions given at the start may block and run on two threads.
"""

import asyncio
import logging
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeVar
from uuid import UUID

log = logging.getLogger(__name__)

PAGE = 100  # lines in one read: less than may wait, so that a burst alone closes nobody
MOST_WAITING = 200  # lines a slow reader may owe us before its stream is closed
COMPARE_SECONDS = 2.0
CHECK_SECONDS = 15.0
BOARD_SECONDS = 0.5
ANYTHING = "*"

Key = tuple[UUID, str]
T = TypeVar("T")


class Versioned(Protocol):
    @property
    def version(self) -> int: ...


class Ledger(Protocol):
    """Where the lines are. Both methods block."""

    def lines(self, conversation: UUID, after: int, audience: str, limit: int) -> list[Any]: ...

    def heads(self, conversations: list[UUID]) -> dict[UUID, int]: ...


@dataclass(eq=False)
class Listener:
    """One open stream. ``sent`` is the version of the last line it was given; ``may`` asks its right anew."""

    who: str
    key: Key | None
    may: Callable[[], bool]
    board: bool = False
    hears_typing_of: str = ""
    sent: int = 0
    lines: deque[Any] = field(default_factory=deque)
    news: set[str] = field(default_factory=set)
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)
    why: str = ""

    def push(self, lines: Iterable[Versioned]) -> None:
        """Hand over new lines; a queue that is full ends the stream, and the client resumes from the row."""
        fresh = [line for line in lines if line.version > self.sent]
        if len(self.lines) + len(fresh) > MOST_WAITING:
            self.end("slow")
            return
        self.lines.extend(fresh)
        self.woken.set()

    def tell(self, news: str) -> None:
        self.news.add(news)
        self.woken.set()

    def end(self, why: str) -> None:
        """``gone``: may no longer read; ``slow``: could not keep up; ``closing``: we stop."""
        self.why = self.why or why
        self.over.set()
        self.woken.set()

    def take(self) -> tuple[list[Any], set[str]]:
        """Everything that waits, each line once."""
        lines = [line for line in self.lines if line.version > self.sent]
        news, self.news = self.news, set()
        self.lines.clear()
        self.woken.clear()
        return lines, news


@dataclass(eq=False)
class Feed:
    """One talk for one audience: up to where it was read, and who listens."""

    key: Key
    head: int | None = None
    is_dirty: bool = False
    is_queued: bool = False
    listeners: set[Listener] = field(default_factory=set)


class Hub:
    def __init__(self, ledger: Ledger, *, before_read: Callable[[], None] = lambda: None) -> None:
        self.ledger = ledger
        self.before_read = before_read
        self.feeds: dict[Key, Feed] = {}
        self.listeners: set[Listener] = set()
        self.seen: dict[UUID, int] = {}
        self.threads = ThreadPoolExecutor(2, thread_name_prefix="live")
        self.tasks: list[asyncio.Task[None]] = []
        self.dirty: asyncio.Queue[Feed] = asyncio.Queue()
        self.compare_now = asyncio.Event()
        self.check_now = asyncio.Event()
        self.board_timer: asyncio.TimerHandle | None = None
        self.board_rung_at = 0.0

    # --- life ---

    def start(self) -> None:
        loops = [self._read_dirty(), self._read_dirty(), self._compare_for_ever(), self._check_for_ever()]
        self.tasks = [asyncio.create_task(loop) for loop in loops]

    def drain(self) -> None:
        """End every stream; the clients come back to whoever serves next."""
        for listener in list(self.listeners):
            listener.end("closing")

    async def stop(self) -> None:
        self.drain()
        for task in self.tasks:
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)
        self.threads.shutdown(wait=False, cancel_futures=True)

    async def run(self, ask: Callable[..., T], *args: Any) -> T:
        """Ask something that blocks, on one of the two threads."""

        def fresh() -> T:
            self.before_read()
            return ask(*args)

        return await asyncio.get_running_loop().run_in_executor(self.threads, fresh)

    # --- streams ---

    async def join(self, listener: Listener) -> None:
        """Let a stream in. Afterwards it calls ``catch_up`` until that is empty, then takes what is pushed."""
        self.listeners.add(listener)
        if listener.key is None:
            return
        feed = self.feeds.setdefault(listener.key, Feed(listener.key))
        feed.listeners.add(listener)
        conversation = listener.key[0]
        head = (await self.run(self.ledger.heads, [conversation])).get(conversation, 0)
        listener.sent = min(listener.sent, head)  # a forged cursor must not hide what comes
        if feed.head is None:
            feed.head = head
            self.seen[conversation] = head
        if feed.is_dirty:
            self._queue(feed)

    def leave(self, listener: Listener) -> None:
        self.listeners.discard(listener)
        if listener.key is None or listener.key not in self.feeds:
            return
        feed = self.feeds[listener.key]
        feed.listeners.discard(listener)
        if not feed.listeners:
            del self.feeds[feed.key]
            if not any(conversation == feed.key[0] for conversation, _ in self.feeds):
                self.seen.pop(feed.key[0], None)

    async def catch_up(self, listener: Listener) -> list[Any]:
        """The next page after what this stream has; empty when there is none, or when it may not read."""
        if listener.key is None:
            return []
        lines, gone = await self.run(self._read, listener.key, listener.sent, [listener])
        if gone:
            listener.end("gone")
            return []
        return lines

    # --- bells ---

    def hear(self, topics: Iterable[str]) -> None:
        for topic in topics:
            name, _, rest = topic.partition(":")
            if topic == ANYTHING:
                self.compare_now.set()
                self._ring_board(2 * BOARD_SECONDS)
            elif name == "talk":
                self._mark(rest)
            elif name == "board":
                self._ring_board(BOARD_SECONDS)
                self.check_now.set()
            elif name == "typing":
                self._tell_typing(rest)

    def _mark(self, conversation: str) -> None:
        for key, feed in self.feeds.items():
            if str(key[0]) == conversation:
                self._queue(feed)

    def _queue(self, feed: Feed) -> None:
        feed.is_dirty = True
        if feed.head is not None and not feed.is_queued:
            feed.is_queued = True
            self.dirty.put_nowait(feed)

    def _tell_typing(self, rest: str) -> None:
        for listener in self.listeners:
            if listener.hears_typing_of and listener.hears_typing_of == rest:
                listener.tell("typing")

    def _ring_board(self, spacing: float) -> None:
        """At once when it was quiet, otherwise once at the end of ``spacing`` seconds."""
        if self.board_timer is not None:
            return
        loop = asyncio.get_running_loop()
        wait = max(0.0, self.board_rung_at + spacing - loop.time())
        self.board_timer = loop.call_later(wait, self._tell_board)

    def _tell_board(self) -> None:
        self.board_timer = None
        self.board_rung_at = asyncio.get_running_loop().time()
        for listener in self.listeners:
            if listener.board:
                listener.tell("board")

    # --- loops ---

    def _read(self, key: Key, after: int, listeners: list[Listener]) -> tuple[list[Any], list[Listener]]:
        """Lines after ``after``, and which of the listeners may no longer see them; asked together, on a thread."""
        gone = [listener for listener in listeners if not listener.may()]
        lines = self.ledger.lines(key[0], after, key[1], PAGE) if len(gone) < len(listeners) else []
        return lines, gone

    async def _read_dirty(self) -> None:
        while True:
            feed = await self.dirty.get()
            feed.is_dirty = False
            try:
                await self._serve(feed)
            except Exception:
                log.exception("a talk could not be read; it will be tried again")
                feed.is_dirty = True
                await asyncio.sleep(0.5)
            feed.is_queued = False
            if feed.is_dirty and feed.listeners:
                self._queue(feed)

    async def _serve(self, feed: Feed) -> None:
        lines, gone = await self.run(self._read, feed.key, feed.head or 0, list(feed.listeners))
        for listener in gone:
            listener.end("gone")
        for listener in feed.listeners.difference(gone):
            listener.push(lines)
        if lines:
            feed.head = lines[-1].version
            self.seen[feed.key[0]] = max(self.seen.get(feed.key[0], 0), lines[-1].version)
        if len(lines) >= PAGE:
            feed.is_dirty = True

    async def _compare_for_ever(self) -> None:
        while True:
            await _either(self.compare_now, COMPARE_SECONDS)
            try:
                await self._compare()
            except Exception:
                log.exception("the heads of the open talks could not be read")
                await asyncio.sleep(0.5)

    async def _compare(self) -> None:
        open_talks = list({key[0] for key in self.feeds})
        if not open_talks:
            return
        for conversation, head in (await self.run(self.ledger.heads, open_talks)).items():
            if self.seen.get(conversation) != head:
                self.seen[conversation] = head
                self._mark(str(conversation))

    async def _check_for_ever(self) -> None:
        """Ask every stream's right anew: each 15 s, and sooner when the board rang, for a twentieth of our time."""
        loop = asyncio.get_running_loop()
        while True:
            await _either(self.check_now, CHECK_SECONDS)
            began = loop.time()
            try:
                await self._check(list(self.listeners))
            except Exception:
                log.exception("rights could not be checked")
            await asyncio.sleep(max(1.0, 20 * (loop.time() - began)))

    async def _check(self, listeners: list[Listener]) -> None:
        by_right: dict[Callable[[], bool], list[Listener]] = defaultdict(list)
        for listener in listeners:
            by_right[listener.may].append(listener)
        for may, same in by_right.items():
            if not await self.run(may):
                for listener in same:
                    listener.end("gone")


async def _either(event: asyncio.Event, seconds: float) -> None:
    """Until the event is set, or the time has passed; the event is clear afterwards."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        pass
    event.clear()
