"""One worker process: a thread for the jobs, a few for the timetable, a beat that says it lives."""

import ctypes
import gc
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from django.db import close_old_connections, connections
from django.utils import timezone

from panoh.ground.common.codes import new_code

from ..models import Worker
from .tasks import reap_tasks, run_next_task
from .timetable import due_names, run_entry, set_slots

logger = logging.getLogger("panoh.jobs")
POLL_SECONDS = 0.5
BEAT_SECONDS = 10.0
TIMETABLE_THREADS = 4
PATIENCE = timedelta(seconds=20)


def give_back() -> None:
    """Hand memory that a large job has left free back to the machine; only glibc keeps it and only glibc is asked."""
    gc.collect()
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)


def run_worker(stop: threading.Event) -> None:
    """Work until ``stop`` is set: the timetable, the jobs, and the reaping of what dead workers left.

    A database that goes away is waited for. After ``stop`` what runs may finish, for ``PATIENCE``.
    """
    _Worker(stop).run()


class _Worker:
    def __init__(self, stop: threading.Event) -> None:
        self.code = new_code(16)
        self.stop = stop
        self.running: set[str] = set()
        self.next_beat = 0.0
        self.is_set_up = False

    def run(self) -> None:
        jobs = threading.Thread(target=self._loop, args=(self._run_jobs,), name="jobs", daemon=True)
        jobs.start()
        pool = ThreadPoolExecutor(TIMETABLE_THREADS, thread_name_prefix="timetable")
        self._loop(lambda: self._keep_time(pool))
        pool.shutdown(wait=False, cancel_futures=True)
        if self._rested(jobs):
            self._safely(lambda: Worker.objects.filter(pk=self.code).delete())
        connections.close_all()

    def _loop(self, step: Callable[[], object]) -> None:
        while not self.stop.is_set():
            self._safely(step)
            self.stop.wait(POLL_SECONDS)
        connections.close_all()

    def _safely(self, step: Callable[[], object]) -> None:
        """One step; a database that is away or locked is tried again at the next."""
        try:
            close_old_connections()
            step()
        except Exception:  # the database is away: one failed step must not end the worker
            logger.exception("a step of the worker failed")

    def _run_jobs(self) -> None:
        worked = False
        while not self.stop.is_set() and run_next_task(self.code):
            worked = True
            close_old_connections()
        if worked:
            give_back()

    def _keep_time(self, pool: ThreadPoolExecutor) -> None:
        self._beat()
        for name in due_names(timezone.now(), but=set(self.running)):
            self.running.add(name)
            pool.submit(self._run_entry, name)

    def _run_entry(self, name: str) -> None:
        try:
            self._safely(lambda: run_entry(name, self.code))
        finally:
            self.running.discard(name)

    def _beat(self) -> None:
        if time.monotonic() < self.next_beat:
            return
        Worker.objects.update_or_create(code=self.code, defaults={"beat_at": timezone.now()})
        reap_tasks()
        if not self.is_set_up:
            set_slots(timezone.now())
            self.is_set_up = True
        self.next_beat = time.monotonic() + BEAT_SECONDS

    def _rested(self, jobs: threading.Thread) -> bool:
        """Whether all that ran has ended in time; else our beat stops by itself and others take over."""
        end = time.monotonic() + PATIENCE.total_seconds()
        while (jobs.is_alive() or self.running) and time.monotonic() < end:
            time.sleep(0.05)
        return not (jobs.is_alive() or self.running)
