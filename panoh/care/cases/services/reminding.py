"""What goes by the clock: what is due today, and who looked alone and was not judged yet."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from panoh.ground.accounts.public import staff_with_role
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify

from .. import rules
from ..models import BreakGlass, Case
from ..policy import WORKERS
from .moves import end_of
from .revealing import tell_of_glass


def remind_due() -> int:
    """One letter a day to everybody whose cases have something due today or overdue: numbers only."""
    now, tonight = timezone.now(), end_of(timezone.localdate())
    due = Case.objects.filter(closed_at=None, owner__isnull=False, next_due_at__lte=tonight)
    counted = {
        row["owner"]: row
        for row in due.values("owner").annotate(due=Count("pk"), late=Count("pk", filter=Q(next_due_at__lt=now)))
    }
    people = staff_with_role(*WORKERS).filter(pk__in=counted)
    address = f"{settings.PUBLIC_URL}/desk/cases/?tab=overdue"
    for person in people:
        row = counted[person.pk]
        told = {"due": row["due"], "late": row["late"], "address": address}
        notify.tell_email(person.email, "cases/mail/due.txt", person.language, **told)
    return len(people)


def remind_reviews() -> int:
    """Once before the time is over and once after it: somebody must judge who looked alone."""
    now = timezone.now()
    warn = timedelta(hours=rules.number("break_glass_warn_hours", default=6))
    waiting = BreakGlass.objects.filter(reviewed_at=None, review_due_at__lte=now + warn, reminded__lt=2)
    return sum(_remind(pk) for pk in waiting.values_list("pk", flat=True))


@transaction.atomic
def _remind(pk: UUID) -> int:
    glass = BreakGlass.objects.select_for_update(of=("self",)).select_related("case").get(pk=pk)
    step = 2 if glass.review_due_at <= timezone.now() else 1
    if glass.reviewed_at or glass.reminded >= step:
        return 0
    glass.reminded = step
    glass.save(update_fields=["reminded"])
    audit.record("glass.late" if step == 2 else "glass.reminded", thing=glass.case.reference)
    return int(tell_of_glass(glass, "cases/mail/glass_to_review.txt") > 0)
