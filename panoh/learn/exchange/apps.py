from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    name = "panoh.learn.exchange"
    label = "exchange"

    def ready(self) -> None:
        from panoh.ground.accounts import public as accounts
        from panoh.ground.jobs import public as jobs
        from panoh.ground.ui import navigation

        from . import policy, services
        from .queries.lti import what_is_held

        jobs.register_timetable("exchange.scores", services.send_due, every=timedelta(minutes=1))
        jobs.register_timetable("exchange.openings", services.clear_openings, every=timedelta(hours=1))
        takers = tuple(str(role) for role in policy.EVENT_TAKERS)
        navigation.register(_("Exchange"), "exchange:events", roles=takers, order=66, icon="out", slug="exchange")
        accounts.register_learner_room("exchange", tell=what_is_held, forget=services.forget_learner)
