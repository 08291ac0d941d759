"""When somebody else may hold a signing key. The drill: docs/how-to/rotate-the-signing-key.md."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit

from .. import policy
from ..errors import CertificateRefusedError
from ..models import IssuerKey, KeyState, StatusList
from .signing import sign_waiting


@transaction.atomic
def compromise_key(key: IssuerKey, *, by: User) -> IssuerKey:
    """Somebody else may hold this key: it vouches for nothing any more, and all that it signed is signed again.

    Where it was the one that signs, the worker makes another before it signs.
    """
    if not policy.can_keep_keys(by):
        raise CertificateRefusedError(_("Your role does not allow this."))
    key, now = IssuerKey.objects.select_for_update().get(pk=key.pk), timezone.now()
    if key.state == KeyState.COMPROMISED:
        raise CertificateRefusedError(_("This key was given up already."))
    key.state, key.valid_until = KeyState.COMPROMISED, min(key.valid_until or now, now)
    key.save(update_fields=["state", "valid_until"])
    StatusList.objects.update(is_stale=True)
    audit.record("signing_key.compromised", thing=key.fragment, actor=by.code)
    sign_waiting.enqueue()
    return key
