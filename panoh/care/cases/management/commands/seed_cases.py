"""The case of a demonstration centre: the child's, with a yes, a plan and a referral that an agency may answer.

What the rooms above opened is filled in through the services a real one goes through.
"""

from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from panoh.ground.accounts.public import Role, User, staff_with_role
from panoh.ground.organisations.public import Membership, Organisation

from ... import services
from ...models import Case, Referral
from ...queries import case_sections
from ...services.referral import approve_referral, draft_referral, send_referral

CHILD = {"full_name": "Humo Qodirova", "birth_date": "2011-05-03", "school": "12-maktab"}
GOAL = "Humo begona odam bilan yozishmaydi va uni himoya qiladigan kattalar bor."
STEPS = ("Onasi bilan gaplashish", "Akkaunt sozlamalarini birga koʻrib chiqish")
NOTE = "Humo bilan gaplashdik. Onasiga aytishga rozi, lekin gapni biz boshlashimizni soʻradi."
REASON = "Begona odam uchrashishni soʻrayapti. Oilaga borib, qizni himoya qilish rejasini tuzishingizni soʻraymiz."


class Command(BaseCommand):
    help = "Give a demonstration centre its case. Called by seed."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("A real centre has real cases.")
        case = Case.objects.filter(people=None).order_by("opened_at").first()
        agency = Organisation.objects.filter(pk__in=Membership.objects.values("organisation")).first()
        if case is None or agency is None or Referral.objects.exists():
            return
        supervisor = staff_with_role(Role.SUPERVISOR).earliest("pk")
        worker = staff_with_role(Role.CASEWORKER).earliest("pk")
        case = services.assign_case(case, to=worker, by=supervisor)
        _write_down(case, worker)
        _plan(case, worker)
        _refer(case, agency, worker, supervisor)


def _write_down(case: Case, worker: User) -> None:
    services.add_person(case, role="child", alias=case.alias, details=CHILD, by=worker)
    services.add_person(case, role="caregiver", alias="Onasi", details={"full_name": "Nilufar Qodirova"}, by=worker)
    services.record_consent(
        case, given_by="child", scopes=["referral", "contact_back"], recipients=["any"], withheld=["school"], by=worker
    )
    services.add_note(case, body=NOTE, by=worker)


def _plan(case: Case, worker: User) -> None:
    today: date = timezone.localdate()
    services.set_goal(case, goal=GOAL, by=worker)
    for place, title in enumerate(STEPS):
        services.plan_action(case, title=title, owner=worker, due_on=today + timedelta(days=2 + place), by=worker)
    tomorrow = timezone.now() + timedelta(days=1)
    services.plan_follow_up(case, what="Humo oʻzini qanday his qilyapti?", due_at=tomorrow, by=worker)


def _refer(case: Case, agency: Organisation, worker: User, supervisor: User) -> None:
    referral = draft_referral(
        case=case,
        source=case.reference,
        sections=case_sections(case),
        to=agency,
        service=agency.accepts[0] if agency.accepts else "",
        urgency=case.urgency,
        reason=REASON,
        by=worker,
    )
    send_referral(approve_referral(referral, by=supervisor), by=worker)
