from datetime import time, timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

DESK = ("counsellor", "supervisor")
LEAD = ("supervisor",)
# Label, page, roles, place in the menu, icon, and the slug by which the frame finds its counter.
PLACES = (
    (_("Queue"), "helpline:queue", DESK, 10, "queue", "queue"),
    (_("Board"), "helpline:board", LEAD, 15, "chart", "board"),
    (_("Calls"), "helpline:calls", DESK, 20, "phone", "calls"),
    (_("My contacts"), "helpline:contacts", DESK, 30, "search", "contacts"),
    (_("Rota"), "helpline:rota", DESK, 40, "clock", "rota"),
    (_("Hand-over"), "helpline:hand_over", DESK, 45, "note", "hand-over"),
    (_("Practice"), "helpline:drills", DESK, 47, "book", "practice"),
    (_("Team"), "helpline:people", LEAD, 50, "people", "team"),
    (_("Complaints"), "helpline:complaints", LEAD, 55, "shield", "complaints"),
)


class HelplineConfig(AppConfig):
    name = "panoh.care.helpline"
    label = "helpline"

    def ready(self) -> None:
        from panoh.ground.jobs import public as jobs
        from panoh.ground.ui import navigation
        from panoh.ground.vault import public as vault

        from . import services

        for label, page, roles, order, icon, slug in PLACES:
            navigation.register(label, page, roles=roles, order=order, icon=icon, slug=slug)
        vault.register_forget("helpline", services.forget)
        jobs.register_timetable("helpline.offer", services.offer_waiting, every=timedelta(seconds=2))
        jobs.register_timetable("helpline.escalate", services.escalate_late, every=timedelta(seconds=10))
        jobs.register_timetable("helpline.left_alone", services.return_left_alone, every=timedelta(seconds=30))
        jobs.register_timetable("helpline.quiet", services.close_quiet, every=timedelta(minutes=5))
        jobs.register_timetable("helpline.facts", services.settle_facts, daily_at=time(3, 30))
        jobs.register_timetable("helpline.numbers", services.alarm_last_numbers, daily_at=time(8, 5))
