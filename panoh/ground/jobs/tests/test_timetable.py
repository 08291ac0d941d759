"""The timetable: once for all workers, tried again, never lost with a worker."""

import threading
from datetime import time, timedelta

import pytest
from django.db import connections
from django.utils import timezone

from .. import public as jobs
from ..models import Slot, Worker
from ..services import timetable
from ..services.timetable import run_due, run_entry, set_slots

ran: list[str] = []
registered = dict(timetable._entries)


@pytest.fixture(autouse=True)
def _empty(monkeypatch: pytest.MonkeyPatch) -> None:
    ran.clear()
    monkeypatch.setattr(timetable, "_entries", {})


def note() -> None:
    ran.append("x")


def fail() -> None:
    ran.append("x")
    raise ValueError("secret words")


def past(name: str) -> None:
    Slot.objects.filter(name=name).update(next_run_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_a_short_entry_runs_at_once_and_then_by_its_clock() -> None:
    jobs.register_timetable("a", note, every=timedelta(seconds=30))
    assert (run_due(), run_due()) == (["a"], [])
    past("a")
    assert (run_due(), ran) == (["a"], ["x", "x"])


@pytest.mark.django_db
def test_a_daily_entry_waits_for_its_hour() -> None:
    jobs.register_timetable("a", note, daily_at=time(3, 10))
    assert run_due() == []
    past("a")
    assert run_due() == ["a"]
    assert timezone.localtime(Slot.objects.get().next_run_at).time() == time(3, 10)
    assert Slot.objects.get().held_by == ""


@pytest.mark.django_db
@pytest.mark.parametrize("every", [timedelta(seconds=10), timedelta(hours=6)])
def test_an_entry_that_fails_is_counted_tried_again_and_mended(every: timedelta) -> None:
    jobs.register_timetable("a", fail, every=every)
    run_due()
    past("a")
    run_due()
    slot = Slot.objects.get()
    assert (slot.failures, slot.held_by) == (2, "")
    assert slot.next_run_at <= timezone.now() + timedelta(seconds=10)
    jobs.register_timetable("a", note, every=every)
    past("a")
    run_due()
    assert Slot.objects.get().failures == 0


@pytest.mark.django_db
def test_a_failing_entry_stops_no_other_and_says_nothing_personal(caplog: pytest.LogCaptureFixture) -> None:
    jobs.register_timetable("a", fail, every=timedelta(seconds=5))
    jobs.register_timetable("b", note, every=timedelta(seconds=5))
    assert sorted(run_due()) == ["a", "b"]
    assert [record.getMessage() for record in caplog.records] == ["timetable entry a failed"]


@pytest.mark.django_db
def test_a_long_entry_of_a_living_worker_is_left_to_it_and_a_dead_ones_is_taken_over() -> None:
    jobs.register_timetable("a", note, every=timedelta(hours=1))
    set_slots(timezone.now())
    Worker.objects.create(code="w1", beat_at=timezone.now())
    Slot.objects.update(held_by="w1")
    assert run_entry("a", "w2") is False
    Worker.objects.update(beat_at=timezone.now() - timedelta(seconds=31))
    assert (run_entry("a", "w2"), ran) == (True, ["x"])


@pytest.mark.django_db
def test_an_entry_that_the_code_made_more_frequent_does_not_wait_for_its_old_time() -> None:
    jobs.register_timetable("a", note, every=timedelta(days=1))
    run_due()
    jobs.register_timetable("a", note, every=timedelta(minutes=5))
    now = timezone.now()
    set_slots(now)
    assert Slot.objects.get().next_run_at == now + timedelta(minutes=5)


@pytest.mark.django_db
def test_an_entry_that_no_code_knows_is_left_alone() -> None:
    Slot.objects.create(name="of.another.version", next_run_at=timezone.now() - timedelta(days=1))
    assert run_due() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("every", [timedelta(seconds=30), timedelta(hours=1)])
@pytest.mark.usefixtures("shared")
def test_several_workers_run_one_entry_once(every: timedelta) -> None:
    jobs.register_timetable("a", note, every=every)
    set_slots(timezone.now())
    start = threading.Barrier(4)

    def work(code: str) -> None:
        start.wait()
        run_entry("a", code)
        connections.close_all()

    workers = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(4)]
    for code in range(4):
        Worker.objects.create(code=f"w{code}", beat_at=timezone.now())
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert ran == ["x"]


def test_the_ledger_is_sealed_within_five_seconds_and_erasing_is_finished() -> None:
    assert registered["audit.seal"].plan.every == timedelta(seconds=2)
    assert {"vault.erase", "vault.retention", "jobs.prune", "notify.deliver"} <= set(registered)
