"""Who may read, issue and end certificates, and who may ask for another key."""

from django.db.models import QuerySet

from panoh.ground.accounts.public import Role, User, may

from .models import Certificate, CertificateDesign, Roster

READERS = (Role.EDITOR, Role.TRAINING_COORDINATOR, Role.ADMINISTRATOR)
ISSUERS = (Role.TRAINING_COORDINATOR, Role.ADMINISTRATOR)
DESIGNERS = (Role.EDITOR, Role.ADMINISTRATOR)
KEY_KEEPERS = (Role.ADMINISTRATOR,)


def can_issue(by: User) -> bool:
    return may(by, *ISSUERS)


def can_design(by: User) -> bool:
    return may(by, *DESIGNERS)


def can_keep_keys(by: User) -> bool:
    return may(by, *KEY_KEEPERS)


def visible_certificates(user: User) -> QuerySet[Certificate]:
    found = Certificate.objects.select_related("achievement")
    return found if may(user, *READERS) else found.none()


def visible_rosters(user: User) -> QuerySet[Roster]:
    found = Roster.objects.select_related("achievement")
    return found if may(user, *READERS) else found.none()


def visible_designs(user: User) -> QuerySet[CertificateDesign]:
    found = CertificateDesign.objects.select_related("signatory")
    return found if may(user, *READERS) else found.none()
