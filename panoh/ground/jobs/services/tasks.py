"""Running the jobs that wait, and giving those of dead workers to the living."""

import logging
import sys
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from panoh.ground.common.logs import DiscreetFormatter

from ..models import Worker
from ..plan import wait_after

logger = logging.getLogger("panoh.jobs")
DEAD_AFTER = timedelta(seconds=30)
KEPT_FOR = timedelta(days=7)
BACKEND = "default"
Waiting = DBTaskResult[..., object]
_busy: dict[str, object] = {}  # the job each worker of this process runs at this moment
_here: set[str] = set()


def run_next_task(worker: str) -> bool:
    """Run one job that waits; whether there was one."""
    _here.add(worker)
    task = _claim(worker)
    if task is None:
        return False
    try:
        _run(task)
    finally:
        _busy.pop(worker, None)
    return True


def _run(task: Waiting) -> None:
    try:
        task.task.call(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])
    except Exception as error:
        _note_failure(task, error)
    else:
        _finish(task, status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now())


def reap_tasks() -> int:
    """Send jobs of silent workers again, or fail those that were tried often enough; how many."""
    now = timezone.now()
    Worker.objects.filter(beat_at__lt=now - DEAD_AFTER).delete()
    running = list(DBTaskResult.objects.running().filter(backend_name=BACKEND))
    if not running:
        return 0
    alive = set(Worker.objects.values_list("code", flat=True))
    orphans = [task for task in running if _is_orphan(task, alive)]
    for task in orphans:
        logger.warning("job %s lost its worker", task.task_path)
        _try_again_or_fail(task, reason="panoh.ground.jobs.WorkerDied", places="")
    return len(orphans)


def prune_tasks() -> int:
    """Drop jobs that ended more than a week ago; how many."""
    gone, _ = DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()
    return gone


def _claim(worker: str) -> Waiting | None:
    ready = DBTaskResult.objects.ready().filter(backend_name=BACKEND)
    if not ready.exists():  # no write lock while nothing waits
        return None
    with transaction.atomic():
        task: Waiting | None = ready.get_locked()
        if task is not None:
            _busy[worker] = task.pk
            task.claim(worker)
        return task


def _is_orphan(task: Waiting, alive: set[str]) -> bool:
    """Its worker is dead, or is alive in this process and has let go of it (its outcome could not be written)."""
    worker = task.worker_ids[-1] if task.worker_ids else ""
    return worker not in alive or (worker in _here and _busy.get(worker) != task.pk)


def _note_failure(task: Waiting, error: Exception) -> None:
    """Class and places only: an exception's message may quote what a person wrote."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    logger.exception("job %s failed with %s, attempt %d", task.task_path, kind, len(task.worker_ids))
    _try_again_or_fail(task, reason=kind, places=DiscreetFormatter().formatException(sys.exc_info()))


def _try_again_or_fail(task: Waiting, *, reason: str, places: str) -> None:
    attempts, now = len(task.worker_ids), timezone.now()
    told = {"exception_class_path": reason, "traceback": places}
    if attempts <= _retries(task):
        _finish(task, status=TaskResultStatus.READY, run_after=now + wait_after(attempts), **told)
    else:
        _finish(task, status=TaskResultStatus.FAILED, finished_at=now, **told)


def _retries(task: Waiting) -> int:
    try:
        return int(getattr(task.task, "retries", 0))
    except Exception:  # the function is gone, or its module is broken: there is nothing to try again
        return 0


def _finish(task: Waiting, **values: object) -> None:
    """Write the outcome, unless the job was meanwhile taken for lost and given to another worker."""
    DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at).update(
        **values
    )
