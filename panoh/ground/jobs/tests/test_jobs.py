"""Jobs: sent with the transaction, tried again, taken over from the dead, run once."""

import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connections, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from .. import public as jobs
from ..models import Worker
from ..services import tasks, worker
from ..services.tasks import prune_tasks, reap_tasks, run_next_task

DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
ran: list[str] = []


@jobs.job(retries=2)
def falter(times: int) -> None:
    ran.append("falter")
    if len(ran) <= times:
        raise ValueError("her number is +998901234567")


@jobs.job()
def once(name: str) -> None:
    ran.append(name)


@pytest.fixture(autouse=True)
def _clean() -> Iterator[None]:
    ran.clear()
    yield
    tasks._here.clear()


@pytest.fixture
def queue(settings: Settings) -> None:
    """Jobs wait in the database, as in normal running."""
    settings.TASKS = DATABASE


def hurry() -> None:
    """Let the wait after a failure pass."""
    DBTaskResult.objects.filter(status=TaskResultStatus.READY).update(run_after=timezone.now())


def state() -> str:
    return DBTaskResult.objects.get().status


@pytest.mark.django_db
@pytest.mark.usefixtures("queue")
def test_a_job_is_sent_with_the_transaction_or_not_at_all() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012 (the act, then its failure)
        once.enqueue("a")
        raise RuntimeError
    assert run_next_task("w1") is False
    once.enqueue("b")
    assert (run_next_task("w1"), run_next_task("w1"), ran) == (True, False, ["b"])
    assert state() == TaskResultStatus.SUCCESSFUL


@pytest.mark.django_db
def test_where_jobs_run_at_once_they_wait_for_the_commit(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        once.enqueue("a")
        assert ran == []
    assert ran == ["a"]


@pytest.mark.django_db
@pytest.mark.usefixtures("queue")
def test_a_job_that_fails_is_tried_again_later_and_not_at_once() -> None:
    falter.enqueue(2)
    assert (run_next_task("w1"), run_next_task("w1")) == (True, False)
    for _ in range(2):
        hurry()
        run_next_task("w1")
    assert (len(ran), state()) == (3, TaskResultStatus.SUCCESSFUL)


@pytest.mark.django_db
@pytest.mark.usefixtures("queue")
def test_a_job_that_fails_too_often_is_given_up() -> None:
    falter.enqueue(99)
    for _ in range(5):
        hurry()
        run_next_task("w1")
    assert (len(ran), state()) == (3, TaskResultStatus.FAILED)


@pytest.mark.django_db
@pytest.mark.usefixtures("queue")
def test_a_failure_keeps_its_class_and_place_and_not_its_words(caplog: pytest.LogCaptureFixture) -> None:
    falter.enqueue(99)
    run_next_task("w1")
    failed = DBTaskResult.objects.get()
    assert failed.exception_class_path == "builtins.ValueError"
    assert "test_jobs.py" in failed.traceback
    assert "998" not in failed.traceback
    assert "998" not in "".join(record.getMessage() for record in caplog.records)


@pytest.mark.django_db
@pytest.mark.usefixtures("queue")
def test_a_job_whose_function_is_gone_fails_and_stops_nothing() -> None:
    once.enqueue("a")
    DBTaskResult.objects.update(task_path="panoh.ground.jobs.tests.gone")
    once.enqueue("b")
    while run_next_task("w1"):
        pass
    assert ran == ["b"]
    assert DBTaskResult.objects.failed().count() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("queue")
def test_the_job_of_a_dead_worker_is_sent_again() -> None:
    falter.enqueue(0)
    Worker.objects.create(code="dead", beat_at=timezone.now() - timedelta(seconds=31))
    assert tasks._claim("dead") is not None
    assert reap_tasks() == 1
    hurry()
    assert (run_next_task("w2"), ran, state()) == (True, ["falter"], TaskResultStatus.SUCCESSFUL)


@pytest.mark.django_db
@pytest.mark.usefixtures("queue")
def test_the_job_of_a_living_worker_is_left_alone() -> None:
    once.enqueue("a")
    Worker.objects.create(code="alive", beat_at=timezone.now() - timedelta(seconds=25))
    tasks._claim("alive")
    assert (reap_tasks(), state()) == (0, TaskResultStatus.RUNNING)


@pytest.mark.django_db
@pytest.mark.usefixtures("queue")
def test_a_job_whose_outcome_could_not_be_written_is_sent_again(monkeypatch: pytest.MonkeyPatch) -> None:
    falter.enqueue(0)
    Worker.objects.create(code="w1", beat_at=timezone.now())
    with monkeypatch.context() as patch:
        patch.setattr(tasks, "_finish", lambda *args, **values: 1 // 0)
        with pytest.raises(ZeroDivisionError):
            run_next_task("w1")
    assert (reap_tasks(), state()) == (1, TaskResultStatus.READY)


@pytest.mark.django_db
@pytest.mark.usefixtures("queue")
def test_a_worker_that_was_taken_for_dead_cannot_overwrite_the_outcome() -> None:
    falter.enqueue(0)
    slow = tasks._claim("slow")
    assert slow is not None
    reap_tasks()
    hurry()
    run_next_task("w2")
    tasks._try_again_or_fail(slow, reason="x.Late", places="")
    assert state() == TaskResultStatus.SUCCESSFUL


@pytest.mark.django_db
@pytest.mark.usefixtures("queue")
def test_ended_jobs_are_dropped_after_a_week_and_waiting_ones_never() -> None:
    for _ in range(3):
        once.enqueue("a")
    run_next_task("w1")
    run_next_task("w1")
    old = DBTaskResult.objects.successful().first()
    assert old is not None
    DBTaskResult.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=8))
    DBTaskResult.objects.ready().update(enqueued_at=timezone.now() - timedelta(days=80))
    assert (prune_tasks(), DBTaskResult.objects.count()) == (1, 2)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("queue", "shared")
def test_several_workers_run_each_job_once() -> None:
    for number in range(40):
        once.enqueue(str(number))

    def work(code: str) -> None:
        while run_next_task(code):
            pass
        connections.close_all()

    workers = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(4)]
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    assert sorted(ran, key=int) == [str(number) for number in range(40)]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("queue", "shared")
def test_a_worker_works_until_it_is_told_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "POLL_SECONDS", 0.05)
    ticks: list[float] = []
    monkeypatch.setattr("panoh.ground.jobs.services.timetable._entries", {})
    jobs.register_timetable("test.tick", lambda: ticks.append(time.monotonic()), every=timedelta(seconds=1))
    stop = threading.Event()
    working = threading.Thread(target=jobs.run_worker, args=(stop,))
    working.start()
    once.enqueue("a")
    end = time.monotonic() + 10
    while (not ran or len(ticks) < 2 or not Worker.objects.exists()) and time.monotonic() < end:
        time.sleep(0.05)
    stop.set()
    working.join(10)
    assert (ran, working.is_alive(), Worker.objects.count()) == (["a"], False, 0)
    assert 2 <= len(ticks) <= 10


def test_the_work_command_hands_the_worker_a_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[threading.Event] = []
    monkeypatch.setattr(jobs, "run_worker", handed.append)
    monkeypatch.setattr("signal.signal", lambda number, answer: answer(number, None))
    call_command("work")
    assert handed[0].is_set()
