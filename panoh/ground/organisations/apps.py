from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "panoh.ground.organisations"
    label = "organisations"

    def ready(self) -> None:
        from panoh.ground.jobs import public as jobs
        from panoh.ground.ui import navigation

        from . import policy, services

        jobs.register_timetable("organisations.numbers", services.watch_numbers, daily_at=time(8, 0))
        navigation.register(
            _("Numbers to call"),
            "organisations:numbers",
            roles=tuple(str(role) for role in policy.KEEPERS),
            order=70,
            icon="phone",
            slug="numbers",
        )
