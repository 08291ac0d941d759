from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "panoh.ground.organisations"
    label = "organisations"

    def ready(self) -> None:
        from panoh.ground.jobs import public as jobs
        from panoh.ground.ui import navigation
        from panoh.ground.vault import public as vault

        from . import policy, services

        jobs.register_timetable("organisations.numbers", services.watch_numbers, daily_at=time(8, 0))
        jobs.register_timetable("organisations.directory", services.watch_organisations, daily_at=time(8, 0))
        jobs.register_timetable("organisations.calls", services.drop_expired, every=timedelta(minutes=30))
        vault.register_forget("organisations", services.forget_focal_points)
        navigation.register(
            _("Organisations"),
            "organisations:directory",
            roles=tuple(str(role) for role in policy.READERS),
            order=65,
            icon="globe",
            slug="organisations",
        )
        navigation.register(
            _("Numbers to call"),
            "organisations:numbers",
            roles=tuple(str(role) for role in policy.KEEPERS),
            order=70,
            icon="phone",
            slug="numbers",
        )
