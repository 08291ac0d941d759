"""The front door of background work."""

from .services.job import Job, job
from .services.timetable import register_timetable
from .services.worker import run_worker

__all__ = ["Job", "job", "register_timetable", "run_worker"]
