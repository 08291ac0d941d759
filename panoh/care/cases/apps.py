from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

DESK = ("counsellor", "caseworker", "supervisor")
# Label, page, roles, place in the menu, icon, and the slug by which the frame finds its counter.
PLACES = (
    (_("Cases"), "cases:cases", DESK, 25, "book", "cases"),
    (_("Referrals"), "cases:referrals", (*DESK, "hotline_analyst"), 25, "out", "referrals"),
    (_("Referrals to us"), "partner:referrals", ("partner_officer",), 10, "queue", "partner"),
    (_("Reveals"), "cases:reveals", ("custodian",), 26, "shield", "reveals"),
    (_("Looks alone"), "cases:reviews", ("supervisor", "custodian"), 27, "alert", "reviews"),
)


class CasesConfig(AppConfig):
    name = "panoh.care.cases"
    label = "cases"

    def ready(self) -> None:
        from panoh.ground.jobs import public as jobs
        from panoh.ground.ui import navigation
        from panoh.ground.vault import public as vault

        from .services import counting, forgetting, referral_clock, reminding

        for label, page, roles, order, icon, slug in PLACES:
            navigation.register(label, page, roles=roles, order=order, icon=icon, slug=slug)
        vault.register_forget("cases", forgetting.forget)
        jobs.register_timetable("cases.due", reminding.remind_due, daily_at=time(8, 10))
        jobs.register_timetable("cases.reviews", reminding.remind_reviews, every=timedelta(minutes=15))
        jobs.register_timetable("cases.referrals", referral_clock.run_referral_clock, every=timedelta(minutes=5))
        jobs.register_timetable("cases.facts", counting.settle_facts, daily_at=time(3, 32))
