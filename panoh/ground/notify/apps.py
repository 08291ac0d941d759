from datetime import timedelta

from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "panoh.ground.notify"
    label = "notify"

    def ready(self) -> None:
        from panoh.ground.jobs import public as jobs
        from panoh.ground.vault import public as vault

        from . import public

        jobs.register_timetable("notify.deliver", public.deliver_due, every=timedelta(seconds=5))
        jobs.register_timetable("notify.webhooks", public.deliver_webhooks, every=timedelta(seconds=5))
        vault.register_forget("notify", public.forget)
