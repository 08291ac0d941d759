from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlayroomConfig(AppConfig):
    name = "panoh.learn.playroom"
    label = "playroom"

    def ready(self) -> None:
        from panoh.ground.jobs import public as jobs
        from panoh.ground.ui import navigation

        from . import policy, services

        jobs.register_timetable("playroom.plays", services.settle_plays, daily_at=time(3, 41))
        readers = tuple(str(role) for role in policy.COUNT_READERS)
        navigation.register(
            _("What children play"), "play_desk:plays", roles=readers, order=63, icon="star", slug="plays"
        )
