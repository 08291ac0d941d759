"""The signing key: made, turned, given up. The file of private keys is opened here and nowhere else, by the worker."""

import os
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.jobs.public import job

from .. import keyfile, policy
from ..errors import CertificateRefusedError, SigningKeyError
from ..models import IssuerKey, KeyState, StatusList
from ..signing import multikey


def key_file() -> Path:
    return Path(settings.SIGNING_FILE or Path(settings.DATA_DIR) / "signing.key")


def signing_key() -> tuple[IssuerKey, bytes]:
    """The key that signs and its private half. Raises ``SigningKeyError``.

    A centre that has no key yet makes one; in production only into a file that somebody made there on purpose.
    """
    key = IssuerKey.objects.filter(state=KeyState.ACTIVE).first()
    if key is None:
        if settings.PRODUCTION and not key_file().exists():
            raise SigningKeyError("There is no signing key: run manage.py certificates rotate.")
        key = make_key(actor="system")
    private = keyfile.read_keys(key_file()).get(key.multibase)
    if private is None:
        raise SigningKeyError("The file lacks the key that signs: run manage.py certificates rotate.")
    return key, private


@transaction.atomic
def make_key(*, actor: str) -> IssuerKey:
    """A fresh key signs from now on; the one before it is retired and stays published. Worker and command only.

    The file has both until this is committed, so that no crash leaves a centre that cannot sign.
    """
    now = timezone.now()
    kept = {key.multibase: key for key in IssuerKey.objects.select_for_update().filter(state=KeyState.ACTIVE)}
    IssuerKey.objects.filter(pk__in=[key.pk for key in kept.values()]).update(state=KeyState.RETIRED, valid_until=now)
    private = os.urandom(32)
    key = IssuerKey.objects.create(multibase=multikey(private), valid_from=now)
    old = keyfile.read_keys(key_file()) if key_file().exists() else {}
    still = {public: seed for public, seed in old.items() if public in kept}
    keyfile.write_keys(key_file(), {**still, key.multibase: private})
    transaction.on_commit(lambda: keyfile.write_keys(key_file(), {key.multibase: private}))
    StatusList.objects.update(is_stale=True)
    audit.record("signing_key.made", thing=key.fragment, actor=actor)
    return key


@job(retries=3)
def turn_key(fragment: str, actor: str) -> None:
    """Replace the key ``fragment`` unless that was done already: a job may run twice."""
    active = IssuerKey.objects.filter(state=KeyState.ACTIVE).first()
    if active is None or active.fragment == fragment:
        make_key(actor=actor)


@transaction.atomic
def ask_for_new_key(*, by: User) -> None:
    """Let the worker turn the key: this process has no private half to turn."""
    if not policy.can_keep_keys(by):
        raise CertificateRefusedError(_("Your role does not allow this."))
    active = IssuerKey.objects.filter(state=KeyState.ACTIVE).first()
    audit.record("signing_key.asked", thing=active.fragment if active else "key-0", actor=by.code)
    turn_key.enqueue(active.fragment if active else "", by.code)
