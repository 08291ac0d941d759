"""People who work here, and what each may be."""

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Concat
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from panoh.ground.common.codes import new_code


class Role(models.TextChoices):
    COUNSELLOR = "counsellor", _("Counsellor")
    SUPERVISOR = "supervisor", _("Supervisor")
    CASEWORKER = "caseworker", _("Caseworker")
    HOTLINE_ANALYST = "hotline_analyst", _("Hotline analyst")
    CUSTODIAN = "custodian", _("Custodian")
    EDITOR = "editor", _("Editor")
    TRANSLATOR = "translator", _("Translator")
    TRAINING_COORDINATOR = "training_coordinator", _("Training coordinator")
    FACILITATOR = "facilitator", _("Facilitator")
    RAPPORTEUR = "rapporteur", _("Rapporteur")
    ANALYST = "analyst", _("Analyst")
    VIEWER = "viewer", _("Viewer")
    ADMINISTRATOR = "administrator", _("Administrator")
    PARTNER_OFFICER = "partner_officer", _("Partner officer")


class Realm(models.TextChoices):
    STAFF = "staff", _("Staff")
    LEARNER = "learner", _("Learner")


class UserManager(BaseUserManager["User"]):
    def holding(self, *roles: str) -> "models.QuerySet[User]":
        """Active staff who hold at least one of ``roles``; with none named, all active staff."""
        staff = self.filter(realm=Realm.STAFF, is_active=True)
        if not roles:
            return staff
        # "analyst" must not find "hotline_analyst": codes are matched with the spaces around them.
        spaced = staff.alias(spaced=Concat(Value(" "), "roles", Value(" ")))
        wanted = Q()
        for role in roles:
            wanted |= Q(spaced__contains=f" {role} ")
        return spaced.filter(wanted)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """One account. Its roles are a spaced list of codes; a learner can hold none: the database says so."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    alias = models.CharField(max_length=40, blank=True)
    realm = models.CharField(max_length=8, choices=Realm, default=Realm.STAFF)
    roles = models.CharField(max_length=300, blank=True, default="")
    language = models.CharField(max_length=8, default="uz")
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    failed_logins = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True, blank=True)
    session_version = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = UserManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(realm=Realm.STAFF) | Q(roles=""), name="accounts_learners_hold_no_role"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def role_set(self) -> frozenset[str]:
        """The role codes held; empty for a learner and for an account that was switched off."""
        return frozenset(self.roles.split()) if self.is_active and self.realm == Realm.STAFF else frozenset()

    @property
    def role_names(self) -> list[str]:
        """The held roles as people read them, in the order of the list of roles."""
        held = frozenset(self.roles.split())
        return [str(role.label) for role in Role if role.value in held]

    @property
    def is_locked(self) -> bool:
        return self.locked_until is not None and self.locked_until > timezone.now()

    def has_role(self, *roles: str) -> bool:
        return not self.role_set.isdisjoint(roles)

    @property
    def shown_name(self) -> str:
        """What a child reads instead of a name."""
        return self.alias or self.name.split(" ")[0]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Binds every session to the password and to ``session_version``: raise it and all sessions end at once."""
        value = f"{self.password}:{self.session_version}"
        return salted_hmac("panoh.accounts.session", value, secret=secret, algorithm="sha256").hexdigest()


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self, at: datetime) -> "InvitationQuerySet":
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)


class Invitation(models.Model):
    """A way in for one person. Only the look-up of its token is kept, so that no backup can open a door."""

    code = models.CharField(max_length=12, unique=True, default=new_code, editable=False)
    email = models.EmailField()
    roles = models.CharField(max_length=300)
    language = models.CharField(max_length=8, default="uz")
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="invitations")
    invited_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    @property
    def role_names(self) -> list[str]:
        held = frozenset(self.roles.split())
        return [str(role.label) for role in Role if role.value in held]
