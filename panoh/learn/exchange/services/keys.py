"""Our key pair for other learning systems. The private half is sealed and opened only for the moment of signing."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.vault import public as vault

from .. import policy, tokens
from ..errors import ExchangeRefusedError
from ..models import ToolKey
from ..queries import lti as queries

OVERLAP = timedelta(days=3)  # longer than platforms keep a key set they fetched, and than a score is tried


def signing_key() -> tuple[str, bytes]:
    """Name and private half of the newest key; the first is made when it is first needed."""
    held = ToolKey.objects.filter(ends_at=None).order_by("-made_at").first() or _make()
    return held.kid, vault.unseal_bytes(held.data_key, held.private, where=queries.where_private(held.kid))


@transaction.atomic
def _make() -> ToolKey:
    kid, public, pem = tokens.new_pair()
    key = vault.new_key("lti_key")
    made = ToolKey.objects.create(
        kid=kid,
        public=public,
        data_key=key,
        private=vault.seal(key, pem, where=queries.where_private(kid)),
        made_at=timezone.now(),
    )
    audit.record("lti_key.made", thing=f"key-{made.pk}")
    return made


@transaction.atomic
def rotate_key(*, by: User) -> ToolKey:
    """A new pair signs from now on; the one before stays published for three days."""
    if not policy.can_keep_platforms(by):
        raise ExchangeRefusedError(_("You may not change learning systems."))
    now = timezone.now()
    gone = list(ToolKey.objects.select_for_update().filter(ends_at__lt=now))
    vault.destroy_keys([one.data_key for one in gone], reason="exchange.key_over")
    ToolKey.objects.filter(pk__in=[one.pk for one in gone]).delete()
    ToolKey.objects.filter(ends_at=None).update(ends_at=now + OVERLAP)
    made = _make()
    audit.record("lti_key.rotated", thing=f"key-{made.pk}", actor=by.code)
    return made
