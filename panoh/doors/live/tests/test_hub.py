"""The hub with a ledger made of lists: nothing missing, nothing twice, nobody who may not."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from panoh.doors.live import hub as hub_module
from panoh.doors.live.hub import Hub, Listener

TALK = uuid.uuid4()
OTHER = uuid.uuid4()


@dataclass(frozen=True)
class Row:
    version: int


@dataclass
class Shelf:
    """A ledger of one process; ``breaks`` reads fail before one succeeds."""

    rows: dict[uuid.UUID, list[Row]] = field(default_factory=dict)
    reads: int = 0
    breaks: int = 0

    def say(self, talk: uuid.UUID, count: int = 1) -> None:
        rows = self.rows.setdefault(talk, [])
        rows.extend(Row(len(rows) + 1) for _ in range(count))

    def lines(self, talk: uuid.UUID, after: int, audience: str, limit: int) -> list[Any]:
        self.reads += 1
        if self.breaks:
            self.breaks -= 1
            raise OSError
        return [row for row in self.rows.get(talk, []) if row.version > after][:limit]

    def heads(self, talks: list[uuid.UUID]) -> dict[uuid.UUID, int]:
        return {talk: len(self.rows.get(talk, [])) for talk in talks}


def listener(talk: uuid.UUID | None = TALK, *, may: Callable[[], bool] = lambda: True, **more: Any) -> Listener:
    return Listener(who="someone", key=(talk, "all") if talk else None, may=may, **more)


async def take(one: Listener, count: int = 1, seconds: float = 3.0) -> list[int]:
    """The versions of the next ``count`` lines, as a stream would send them."""
    got: list[int] = []
    async with asyncio.timeout(seconds):
        while len(got) < count:
            await one.woken.wait()
            lines, _ = one.take()
            for line in lines:
                one.sent = line.version
                got.append(line.version)
    return got


def play(scene: Callable[[Hub, Shelf], Awaitable[None]], shelf: Shelf | None = None) -> None:
    shelf = shelf or Shelf()

    async def staged() -> None:
        hub = Hub(shelf)
        hub.start()
        try:
            await scene(hub, shelf)
        finally:
            await hub.stop()

    asyncio.run(staged())


def bell(talk: uuid.UUID) -> set[str]:
    return {f"talk:{talk}"}


def test_a_line_reaches_everyone_who_has_the_talk_open_after_one_read() -> None:
    async def scene(hub: Hub, shelf: Shelf) -> None:
        first, second = listener(), listener()
        await hub.join(first)
        await hub.join(second)
        shelf.say(TALK)
        hub.hear(bell(TALK))
        assert await take(first) == [1]
        assert await take(second) == [1]
        assert shelf.reads == 1

    play(scene)


def test_lines_said_between_the_page_and_its_stream_are_caught_up() -> None:
    async def scene(hub: Hub, shelf: Shelf) -> None:
        shelf.say(TALK, 5)
        late = listener(sent=2)
        await hub.join(late)
        assert [row.version for row in await hub.catch_up(late)] == [3, 4, 5]

    play(scene)


def test_a_line_that_was_caught_up_is_not_sent_again_by_the_bell() -> None:
    async def scene(hub: Hub, shelf: Shelf) -> None:
        one = listener()
        await hub.join(one)
        shelf.say(TALK)
        one.sent = (await hub.catch_up(one))[-1].version
        hub.hear(bell(TALK))
        shelf.say(TALK)
        hub.hear(bell(TALK))
        assert await take(one) == [2]

    play(scene)


def test_a_bell_that_nobody_heard_is_made_good_within_the_safety_poll() -> None:
    async def scene(hub: Hub, shelf: Shelf) -> None:
        one = listener()
        await hub.join(one)
        shelf.say(TALK, 3)
        assert await take(one, 3, hub_module.COMPARE_SECONDS + 1) == [1, 2, 3]

    play(scene)


def test_something_changed_somewhere_makes_the_hub_look() -> None:
    async def scene(hub: Hub, shelf: Shelf) -> None:
        one = listener()
        await hub.join(one)
        shelf.say(TALK)
        hub.hear({"*"})
        assert await take(one, 1, 1) == [1]

    play(scene)


def test_another_talk_is_not_read_and_not_heard() -> None:
    async def scene(hub: Hub, shelf: Shelf) -> None:
        mine = listener()
        await hub.join(mine)
        shelf.say(OTHER)
        hub.hear(bell(OTHER))
        await asyncio.sleep(0.1)
        assert not mine.lines
        assert shelf.reads == 0

    play(scene)


def test_a_reader_that_falls_behind_is_closed_and_no_line_is_dropped() -> None:
    async def scene(hub: Hub, shelf: Shelf) -> None:
        slow = listener()
        await hub.join(slow)
        shelf.say(TALK, hub_module.MOST_WAITING + 1)
        hub.hear(bell(TALK))
        await asyncio.wait_for(slow.over.wait(), 2)
        assert slow.why == "slow"
        again = listener(sent=slow.sent)
        await hub.join(again)
        assert [row.version for row in await hub.catch_up(again)] == list(range(1, hub_module.PAGE + 1))

    play(scene)


def test_who_lost_the_right_is_closed_before_the_next_line() -> None:
    allowed = True

    async def scene(hub: Hub, shelf: Shelf) -> None:
        nonlocal allowed
        staff, person = listener(may=lambda: allowed), listener()
        await hub.join(staff)
        await hub.join(person)
        allowed = False
        shelf.say(TALK)
        hub.hear(bell(TALK))
        assert await take(person) == [1]
        assert staff.why == "gone"
        assert not staff.lines

    play(scene)


def test_who_lost_the_right_to_a_silent_talk_is_closed_by_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "CHECK_SECONDS", 0.05)

    async def scene(hub: Hub, shelf: Shelf) -> None:
        staff = listener(may=lambda: False)
        await hub.join(staff)
        async with asyncio.timeout(2):
            await staff.over.wait()
        assert staff.why == "gone"

    play(scene)


def test_a_read_that_fails_is_tried_again_and_loses_nothing() -> None:
    async def scene(hub: Hub, shelf: Shelf) -> None:
        one = listener()
        await hub.join(one)
        shelf.say(TALK)
        shelf.breaks = 2
        hub.hear(bell(TALK))
        assert await take(one) == [1]

    play(scene)


def test_a_forged_cursor_from_the_future_does_not_hide_what_comes() -> None:
    async def scene(hub: Hub, shelf: Shelf) -> None:
        shelf.say(TALK, 2)
        forger = listener(sent=999_999)
        await hub.join(forger)
        shelf.say(TALK)
        hub.hear(bell(TALK))
        assert await take(forger) == [3]

    play(scene)


def test_more_than_a_page_of_new_lines_is_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "PAGE", 10)

    async def scene(hub: Hub, shelf: Shelf) -> None:
        one = listener()
        await hub.join(one)
        shelf.say(TALK, 35)
        hub.hear(bell(TALK))
        assert await take(one, 35) == list(range(1, 36))

    play(scene)


def test_many_writers_and_pages_that_come_and_go_see_every_line_once_and_in_order() -> None:
    async def scene(hub: Hub, shelf: Shelf) -> None:
        async def page(start: float) -> list[int]:
            await asyncio.sleep(start)
            one = listener()
            got: list[int] = []
            await hub.join(one)
            while rows := await hub.catch_up(one):
                got += [row.version for row in rows]
                one.sent = rows[-1].version
            return got + await take(one, 150 - len(got), 10) if len(got) < 150 else got

        async def write() -> None:
            for _ in range(150):
                shelf.say(TALK)
                hub.hear(bell(TALK))
                await asyncio.sleep(0.001)

        pages = [asyncio.create_task(page(start / 50)) for start in range(8)]
        await write()
        assert await asyncio.gather(*pages) == [list(range(1, 151))] * 8

    play(scene)


def test_the_board_rings_once_for_a_burst_and_again_for_its_end() -> None:
    async def scene(hub: Hub, shelf: Shelf) -> None:
        board = listener(None, board=True)
        await hub.join(board)
        rings = 0
        for _ in range(20):
            hub.hear({"board"})
            await asyncio.sleep(0.01)
            rings += "board" in board.take()[1]
        await asyncio.sleep(hub_module.BOARD_SECONDS)
        rings += "board" in board.take()[1]
        assert rings == 2

    play(scene)


def test_typing_is_told_to_the_other_side_only() -> None:
    async def scene(hub: Hub, shelf: Shelf) -> None:
        person, staff = listener(hears_typing_of=f"{TALK}:out"), listener(hears_typing_of=f"{TALK}:in")
        await hub.join(person)
        await hub.join(staff)
        hub.hear({f"typing:{TALK}:out"})
        assert person.take()[1] == {"typing"}
        assert staff.take()[1] == set()

    play(scene)


def test_nothing_is_remembered_of_a_talk_nobody_has_open() -> None:
    async def scene(hub: Hub, shelf: Shelf) -> None:
        one = listener()
        await hub.join(one)
        hub.leave(one)
        assert not hub.feeds
        assert not hub.seen
        assert not hub.listeners

    play(scene)
