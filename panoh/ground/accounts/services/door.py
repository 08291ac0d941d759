"""What happens at the door: counted failures, the lock, signing in and out, passwords."""

from django.db import transaction
from django.utils import timezone

from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify

from .. import policy
from ..models import User


@transaction.atomic
def note_failed_login(email: str) -> None:
    """Count a wrong password or code; at the sixth in a row the account rests. An unknown address counts nowhere."""
    user = User.objects.select_for_update().filter(email=email.strip().lower()).first()
    if user is None or user.is_locked:
        return
    user.failed_logins += 1
    if user.failed_logins >= policy.FAILURES_ALLOWED:
        user.failed_logins, user.locked_until = 0, timezone.now() + policy.LOCKED_FOR
        audit.record("person.locked_out", thing=user.code, minutes=int(policy.LOCKED_FOR.total_seconds() // 60))
    else:
        audit.record("person.login_failed", thing=user.code, failures=user.failed_logins)
    user.save(update_fields=["failed_logins", "locked_until"])


@transaction.atomic
def note_login(user: User) -> None:
    """Called when the last step of signing in is done: a right password alone forgives no failure."""
    user = User.objects.select_for_update().get(pk=user.pk)
    user.failed_logins, user.locked_until = 0, None
    user.save(update_fields=["failed_logins", "locked_until"])
    audit.record("person.signed_in", thing=user.code, actor=user.code)


@transaction.atomic
def note_logout(user: User) -> None:
    audit.record("person.signed_out", thing=user.code, actor=user.code)


@transaction.atomic
def set_password(user: User, password: str) -> None:
    """A new password ends every other session and opens a resting account: the mailbox has proved who it is."""
    user.set_password(password)
    user.failed_logins, user.locked_until = 0, None
    user.save(update_fields=["password", "failed_logins", "locked_until"])
    audit.record("person.password_changed", thing=user.code, actor=user.code)


@transaction.atomic
def note_security_change(user: User, change: str) -> None:
    """Tell the person by mail that a password or second factor changed (``totp_activated`` …), and record a factor.

    A changed password is recorded by ``set_password`` itself, in its own transaction.
    """
    if not change.startswith("password"):
        audit.record(f"person.{change}", thing=user.code, actor=user.code)
    notify.tell_email(user.email, "accounts/mail/security_change.txt", user.language, name=user.name, change=change)


@transaction.atomic
def send_reset_link(user: User, link: str) -> None:
    """Mail the link that lets a person choose a new password."""
    audit.record("person.reset_link_sent", thing=user.code)
    notify.tell_email(user.email, "accounts/mail/reset_password.txt", user.language, name=user.name, link=link)
