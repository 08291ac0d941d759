from datetime import timedelta

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AcademyConfig(AppConfig):
    name = "panoh.learn.academy"
    label = "academy"

    def ready(self) -> None:
        from panoh.ground.accounts import public as accounts
        from panoh.ground.jobs import public as jobs
        from panoh.ground.search import public as search
        from panoh.ground.ui import navigation
        from panoh.ground.vault import public as vault
        from panoh.learn.portal import public as portal

        from . import policy, services
        from .queries.indexing import search_rows
        from .queries.mine import what_is_held
        from .services.enrolling import forget_learner

        search.register("academy", search_rows)
        portal.find_also("academy")
        vault.register_forget("invitations", services.forget_invitations)
        jobs.register_timetable("academy.reminders", services.remind, every=timedelta(minutes=20))
        leaders = tuple(str(role) for role in policy.FACILITATORS)
        navigation.register(
            _("Learning groups"), "academy_desk:cohorts", roles=leaders, order=63, icon="star", slug="groups"
        )
        jobs.register_timetable("academy.tests", services.close_due, every=timedelta(minutes=1))
        keepers = tuple(str(role) for role in policy.BANK_KEEPERS)
        navigation.register(_("Tests"), "exam_desk:banks", roles=keepers, order=64, icon="check", slug="tests")
        writers = tuple(str(role) for role in policy.LESSON_WRITERS)
        navigation.register(_("Lessons"), "lesson_desk:lessons", roles=writers, order=65, icon="note", slug="lessons")
        accounts.register_learner_room("academy", tell=what_is_held, forget=forget_learner)
