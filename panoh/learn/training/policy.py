"""Who may: coordinators everything, facilitators the events they run, viewers and analysts the figures."""

from django.db.models import QuerySet

from panoh.ground.accounts.public import Role, User, may

from .models import TrainingEvent

COORDINATORS = (Role.TRAINING_COORDINATOR, Role.ADMINISTRATOR)
TRAINING_STAFF = (Role.FACILITATOR, *COORDINATORS)
READERS = (Role.ANALYST, Role.VIEWER, *COORDINATORS)


def can_coordinate(user: User) -> bool:
    """Make programmes and events, judge duplicates, decide how an event is counted, check reports."""
    return may(user, *COORDINATORS)


def visible_events(user: User) -> QuerySet[TrainingEvent]:
    """All to coordinators; to a facilitator those they made."""
    if can_coordinate(user):
        return TrainingEvent.objects.all()
    own = TrainingEvent.objects.filter(made_by=user.code)
    return own if may(user, *TRAINING_STAFF) else own.none()


def can_run(user: User, event: TrainingEvent) -> bool:
    """Keep its roster and its attendance."""
    return can_coordinate(user) or (may(user, *TRAINING_STAFF) and event.made_by == user.code)


def may_make_events(user: User) -> bool:
    return may(user, *TRAINING_STAFF)


def can_see_figures(user: User) -> bool:
    return may(user, *READERS)
