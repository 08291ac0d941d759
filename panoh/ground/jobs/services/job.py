"""A background function that is tried again."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ParamSpec, TypeVar

from django.db import transaction
from django_tasks import TaskResult
from django_tasks.base import Task

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Job(Task[P, T]):
    """A task of Django's that is tried ``retries`` times more, ever later. It may run twice: write it so."""

    retries: int = 0

    def enqueue(self, *args: P.args, **kwargs: P.kwargs) -> TaskResult[T] | None:  # type: ignore[override]
        """Send it when the caller's transaction commits; arguments are ids and codes, never what people wrote.

        The database backend writes its row in that very transaction; a backend that runs at once waits for the end.
        """
        if self.get_backend().supports_defer:
            return Task.enqueue(self, *args, **kwargs)
        transaction.on_commit(partial(Task.enqueue, self, *args, **kwargs))
        return None


def job(*, retries: int = 0) -> Callable[[Callable[P, T]], Job[P, T]]:
    """Make a module-level function a background job: ``@job(retries=5)``, then ``send.enqueue(pk)``."""

    def made(function: Callable[P, T]) -> Job[P, T]:
        return Job(func=function, retries=retries)

    return made
