"""Writers take turns: nobody comes back in before the one who waits."""

import sys
import threading
import time
from pathlib import Path

from panoh.ground.common.sqlite.turns import Row, Turn, hands


def test_whoever_waits_is_next_however_eager_the_writer_before(tmp_path: Path) -> None:
    eager, patient = Turn(str(tmp_path / "db")), Turn(str(tmp_path / "db"))
    stop, waited = threading.Event(), list[float]()

    def write_without_a_pause() -> None:
        while not stop.is_set():
            eager.take(5)
            time.sleep(0.01)
            eager.leave()

    thread = threading.Thread(target=write_without_a_pause)
    thread.start()
    for _ in range(10):
        began = time.monotonic()
        assert patient.take(5)
        waited.append(time.monotonic() - began)
        patient.leave()
    stop.set()
    thread.join()
    assert sorted(waited)[5] < 0.1


def test_a_turn_that_does_not_come_is_given_up(tmp_path: Path) -> None:
    holder, other = Turn(str(tmp_path / "db")), Turn(str(tmp_path / "db"))
    assert holder.take(1)
    assert not other.take(0.05)
    holder.leave()
    assert other.take(1)


def test_whoever_dies_leaves_the_turn(tmp_path: Path) -> None:
    holder, other = Turn(str(tmp_path / "db")), Turn(str(tmp_path / "db"))
    assert holder.take(1)
    holder.close()
    assert other.take(0.5)


def test_a_connection_that_is_lost_without_leaving_leaves_the_turn(tmp_path: Path) -> None:
    holder, other = Turn(str(tmp_path / "db")), Turn(str(tmp_path / "db"))
    assert holder.take(1)
    del holder
    assert other.take(0.5)


def test_threads_of_one_process_write_in_the_order_in_which_they_came() -> None:
    row, came = Row(), list[int]()
    assert row.enter(1)

    def write(number: int) -> None:
        assert row.enter(5)
        came.append(number)
        row.leave()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(20)]
    for number, thread in enumerate(threads):
        thread.start()
        while len(row._waiting) <= number:
            time.sleep(0.001)
    row.leave()
    for thread in threads:
        thread.join()
    assert came == list(range(20))


def test_whoever_gave_up_waiting_is_passed_over() -> None:
    row, came = Row(), list[str]()
    assert row.enter(1)
    late = threading.Thread(target=lambda: came.append("late") if row.enter(5) else None)
    assert not row.enter(0.05)
    late.start()
    while not row._waiting:
        time.sleep(0.001)
    row.leave()
    late.join()
    assert came == ["late"]
    row.leave()
    assert row.enter(0)


def test_hands_change_faster_only_while_somebody_writes() -> None:
    hands.rest()  # what earlier tests still hold is not of this one
    row, other = Row(), Row()
    usual = sys.getswitchinterval()
    assert row.enter(1)
    assert other.enter(1)
    assert sys.getswitchinterval() < usual
    row.leave()
    assert sys.getswitchinterval() < usual
    other.leave()
    assert sys.getswitchinterval() == usual
