from datetime import time

from django.apps import AppConfig


class PlayroomConfig(AppConfig):
    name = "panoh.learn.playroom"
    label = "playroom"

    def ready(self) -> None:
        from panoh.ground.jobs import public as jobs

        from . import services

        jobs.register_timetable("playroom.plays", services.settle_plays, daily_at=time(3, 41))
