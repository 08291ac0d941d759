"""Who registers learning systems, and who takes learning events out of the house."""

from django.db.models import QuerySet

from panoh.ground.accounts.public import Role, User, may

from .models import Platform

PLATFORM_KEEPERS = (Role.ADMINISTRATOR,)
EVENT_TAKERS = (Role.TRAINING_COORDINATOR, Role.ADMINISTRATOR)


def can_keep_platforms(user: User) -> bool:
    return may(user, *PLATFORM_KEEPERS)


def can_take_events(user: User) -> bool:
    return may(user, *EVENT_TAKERS)


def visible_platforms(user: User) -> QuerySet[Platform]:
    return Platform.objects.all() if can_keep_platforms(user) else Platform.objects.none()
