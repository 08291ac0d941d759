from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

DESK = ("counsellor", "hotline_analyst", "supervisor")


class ReportsConfig(AppConfig):
    name = "panoh.care.reports"
    label = "reports"

    def ready(self) -> None:
        from panoh.care.cases import public as cases
        from panoh.ground.jobs import public as jobs
        from panoh.ground.ui import navigation
        from panoh.ground.vault import public as vault

        from . import queries
        from .services import arriving, counting, files, forgetting, handing_over, watching

        navigation.register(_("Reports"), "reports:list", roles=DESK, order=25, icon="alert", slug="reports")

        cases.register_page("report", "reports:report", readable=queries.readable_references)
        vault.register_forget("reports", forgetting.forget)
        vault.register_forget("report_drafts", forgetting.forget_drafts)
        jobs.register_timetable("reports.arrivals", arriving.file_arrivals, every=timedelta(seconds=2))
        jobs.register_timetable("reports.facts", counting.settle_facts, daily_at=time(3, 31))
        jobs.register_timetable("reports.clocks", watching.watch_clocks, every=timedelta(minutes=1))
        jobs.register_timetable("reports.scan", files.scan_again, every=timedelta(minutes=5))
        jobs.register_timetable("reports.hand_overs", handing_over.follow_hand_overs, every=timedelta(minutes=1))
        jobs.register_timetable("reports.outcomes", handing_over.tell_outcomes, every=timedelta(minutes=1))
