from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

# What editors keep besides pages: label, page, place in the menu, icon.
BULLETIN = (
    (_("Albums"), "portal_desk:albums", 57, "star"),
    (_("Children's voice"), "portal_desk:voices", 58, "talk"),
    (_("Campaign reports"), "portal_desk:campaign_reports", 59, "check"),
)


class PortalConfig(AppConfig):
    name = "panoh.learn.portal"
    label = "portal"

    def ready(self) -> None:
        from panoh.ground.jobs import public as jobs
        from panoh.ground.search import public as search
        from panoh.ground.ui import navigation
        from panoh.ground.vault import public as vault

        from . import policy, queries, services
        from .services.partners import remind_of_pledges

        search.register("portal", queries.search_rows)
        # The index stands beside the vault, not on it; whoever asks it on the street sees to it that it forgets.
        vault.register_forget("search", search.forget)
        vault.register_forget("voices", services.forget_voices)
        jobs.register_timetable("portal.pledges", remind_of_pledges, daily_at=time(8, 20))
        jobs.register_timetable("portal.feedback", services.settle_feedback, daily_at=time(3, 37))
        jobs.register_timetable("portal.consents", services.end_consents, daily_at=time(0, 5))
        for label, page, order, icon in BULLETIN:
            navigation.register(label, page, roles=tuple(str(role) for role in policy.EDITORS), order=order, icon=icon)
        navigation.register(
            _("Partners"),
            "portal_desk:partners",
            roles=tuple(str(role) for role in policy.REGISTER_READERS),
            order=60,
            icon="hand",
            slug="partners",
        )
        navigation.register(
            _("Distribution"),
            "portal_desk:distribution",
            roles=tuple(str(role) for role in policy.REGISTER_READERS),
            order=61,
            icon="globe",
            slug="distribution",
        )
        navigation.register(
            _("School reviews"),
            "portal_desk:school_reviews",
            roles=tuple(str(role) for role in policy.REGISTER_READERS),
            order=62,
            icon="chart",
            slug="school-reviews",
        )
        navigation.register(
            _("Did the pages help?"),
            "portal_desk:helped",
            roles=tuple(str(role) for role in policy.FEEDBACK_READERS),
            order=58,
            icon="check",
            slug="feedback",
        )
        navigation.register(
            _("Pages"),
            "portal_desk:pages",
            roles=tuple(str(role) for role in policy.EDITORS),
            order=57,
            icon="note",
            slug="writing",
        )
