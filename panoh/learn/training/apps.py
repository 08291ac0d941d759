from datetime import timedelta

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "panoh.learn.training"
    label = "training"

    def ready(self) -> None:
        from panoh.ground.jobs import public as jobs
        from panoh.ground.vault import public as vault

        from . import services

        jobs.register_timetable("training.figures", services.refresh_figures, every=timedelta(seconds=20))
        vault.register_forget("training", services.forget_people)
