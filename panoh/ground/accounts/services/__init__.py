"""Every change of an account: coming in (``people``, ``invitations``) and the door itself (``door``)."""

from .door import note_failed_login, note_login, note_logout, note_security_change, send_reset_link, set_password
from .invitations import create_user_from_invitation, forget, invite_person, withdraw_invitation
from .people import (
    change_profile,
    change_roles,
    create_person,
    end_sessions,
    reset_second_factor,
    switch_off_person,
    switch_on_person,
)
from .secrets import seal_secret, unseal_secret

__all__ = [
    "change_profile",
    "change_roles",
    "create_person",
    "create_user_from_invitation",
    "end_sessions",
    "forget",
    "invite_person",
    "note_failed_login",
    "note_login",
    "note_logout",
    "note_security_change",
    "reset_second_factor",
    "seal_secret",
    "send_reset_link",
    "set_password",
    "switch_off_person",
    "switch_on_person",
    "unseal_secret",
    "withdraw_invitation",
]
