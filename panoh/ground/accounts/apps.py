from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "panoh.ground.accounts"
    label = "accounts"

    def ready(self) -> None:
        from django.contrib.sessions.backends.db import SessionStore

        from panoh.ground.jobs import public as jobs
        from panoh.ground.ui import navigation
        from panoh.ground.vault import public as vault

        from . import policy, services
        from .services import learners

        vault.register_forget("accounts", services.forget)
        vault.register_forget("learners", learners.forget_learners)
        jobs.register_timetable("accounts.learners", learners.clear_sign_ins, every=timedelta(minutes=10))
        jobs.register_timetable("accounts.sessions", SessionStore.clear_expired, daily_at=time(3, 30))
        keepers = tuple(str(role) for role in policy.PEOPLE_KEEPERS)
        navigation.register(_("People"), "accounts:people", roles=keepers, order=80, icon="people", slug="people")
        navigation.register(_("You"), "accounts:me", order=90, icon="gear", slug="me")
