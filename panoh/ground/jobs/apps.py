from datetime import time, timedelta

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "panoh.ground.jobs"
    label = "jobs"

    def ready(self) -> None:
        """The timetable of the rooms below, which cannot register upward."""
        from django.utils import timezone

        from panoh.ground.audit import public as audit
        from panoh.ground.vault import public as vault

        from .public import register_timetable
        from .services.tasks import prune_tasks

        register_timetable("audit.seal", audit.seal_pending, every=timedelta(seconds=2))
        register_timetable("vault.erase", vault.finish_erasures, every=timedelta(minutes=1))
        register_timetable("vault.exports", vault.destroy_expired, every=timedelta(minutes=10))
        register_timetable("vault.retention", lambda: vault.run_retention(timezone.now()), daily_at=time(3, 10))
        register_timetable("jobs.prune", prune_tasks, daily_at=time(3, 40))
