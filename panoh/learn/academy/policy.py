"""Who may lead a cohort and who sees whose; who keeps the bank, gives time and attempts, and writes lessons."""

from django.db.models import QuerySet

from panoh.ground.accounts.public import Role, User, may

from .models import Cohort

COORDINATORS = (Role.TRAINING_COORDINATOR, Role.ADMINISTRATOR)
FACILITATORS = (Role.FACILITATOR, *COORDINATORS)
LESSON_WRITERS = (Role.EDITOR, Role.ADMINISTRATOR)  # as of the pages of the portal
BANK_KEEPERS = (Role.EDITOR, *COORDINATORS)


def can_lead(user: User) -> bool:
    return may(user, *FACILITATORS)


def visible_cohorts(user: User) -> QuerySet[Cohort]:
    """A facilitator's own; a coordinator's are all."""
    if may(user, *COORDINATORS):
        return Cohort.objects.all()
    return Cohort.objects.filter(facilitator=user) if can_lead(user) else Cohort.objects.none()


def can_change(user: User, cohort: Cohort) -> bool:
    return cohort.closed_at is None and (
        may(user, *COORDINATORS) or (can_lead(user) and cohort.facilitator_id == user.pk)
    )


def can_keep_bank(user: User) -> bool:
    """See questions with their right answers and statistics, and retire one."""
    return may(user, *BANK_KEEPERS)


def can_allow(user: User) -> bool:
    """See a person's attempts, give time and attempts."""
    return may(user, *COORDINATORS)


def can_write_lessons(user: User) -> bool:
    return may(user, *LESSON_WRITERS)


def can_approve_lesson(user: User, *, written_by: str) -> bool:
    """A lesson leaves the house when somebody else than who changed it last has read it, whoever it is for."""
    return can_write_lessons(user) and written_by != user.code
