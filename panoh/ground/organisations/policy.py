"""Who keeps the numbers and the directory, and who reads it."""

from django.db.models import QuerySet

from panoh.ground.accounts.public import Role, User, may

from .models import NumberToCall, Organisation

KEEPERS = (Role.ADMINISTRATOR, Role.SUPERVISOR)
READERS = (*KEEPERS, Role.CASEWORKER, Role.COUNSELLOR)


def can_keep_numbers(user: User) -> bool:
    return may(user, *KEEPERS)


def can_keep_directory(user: User) -> bool:
    return may(user, *KEEPERS)


def visible_numbers(user: User) -> QuerySet[NumberToCall]:
    return NumberToCall.objects.all() if can_keep_numbers(user) else NumberToCall.objects.none()


def visible_organisations(user: User) -> QuerySet[Organisation]:
    """The whole directory for those who refer; keepers see what is switched off, too."""
    if can_keep_directory(user):
        return Organisation.objects.all()
    if may(user, *READERS):
        return Organisation.objects.filter(is_active=True)
    return Organisation.objects.none()
