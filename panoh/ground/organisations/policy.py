"""Who keeps the numbers."""

from django.db.models import QuerySet

from panoh.ground.accounts.public import Role, User, may

from .models import NumberToCall

KEEPERS = (Role.ADMINISTRATOR, Role.SUPERVISOR)


def can_keep_numbers(user: User) -> bool:
    return may(user, *KEEPERS)


def visible_numbers(user: User) -> QuerySet[NumberToCall]:
    return NumberToCall.objects.all() if can_keep_numbers(user) else NumberToCall.objects.none()
