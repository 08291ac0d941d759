"""Every change of a partner's system: its key, its secrets, and where it is told that something happened."""

from datetime import timedelta
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common.codes import new_code
from panoh.ground.notify import public as notify
from panoh.ground.vault import public as vault

from .. import queries, signing
from ..errors import OrganisationRefusedError
from ..models import ApiClient, Organisation
from .directory import keeper_or_refusal, locked

OVERLAP = timedelta(hours=72)  # longer than any webhook is tried


class NewSecret(NamedTuple):
    """Shown once, to the person who asked for it."""

    client: ApiClient
    secret: str

    def __repr__(self) -> str:
        return f"NewSecret({self.client.key_id})"


def _seal(client: ApiClient, field: str, text: str) -> bytes:
    return vault.seal(client.data_key, text, where=queries.where_sealed(client, field))


def _locked(client: ApiClient) -> ApiClient:
    return ApiClient.objects.select_for_update().select_related("organisation").get(pk=client.pk)


@transaction.atomic
def add_client(organisation: Organisation, *, webhook: str = "", by: User) -> NewSecret:
    """A key for a partner's system. The secret is in the answer and can never be read again."""
    keeper_or_refusal(by)
    organisation = locked(organisation)
    client = ApiClient(
        organisation=organisation,
        key_id=f"PK-{new_code()}",
        data_key=vault.new_key("api_client"),
        created_by=by,
    )
    secret = signing.new_secret()
    client.secret = _seal(client, "secret", secret)
    client.webhook = _sealed_webhook(client, webhook)
    client.save()
    audit.record("api_client.added", thing=organisation.code, actor=by.code, key=client.key_id)
    return NewSecret(client, secret)


def _sealed_webhook(client: ApiClient, url: str) -> bytes:
    if url and not notify.can_be_told(url):
        raise OrganisationRefusedError(_("This is not a web address that can be told: it begins with https://."))
    return _seal(client, "webhook", url) if url else b""


@transaction.atomic
def rotate_client(client: ApiClient, *, by: User) -> NewSecret:
    """A new secret; the one before works for three days more, so that the partner can change over in peace."""
    keeper_or_refusal(by)
    client = _locked(client)
    old = vault.unseal(client.data_key, client.secret, where=queries.where_sealed(client, "secret"))
    secret = signing.new_secret()
    client.previous_secret, client.previous_until = _seal(client, "previous_secret", old), timezone.now() + OVERLAP
    client.secret = _seal(client, "secret", secret)
    client.save()
    audit.record("api_client.rotated", thing=client.organisation.code, actor=by.code, key=client.key_id)
    return NewSecret(client, secret)


@transaction.atomic
def end_overlap(client: ApiClient, *, by: User) -> ApiClient:
    """The secret before is of no use from this moment: for a secret that fell into wrong hands."""
    keeper_or_refusal(by)
    client = _locked(client)
    client.previous_secret, client.previous_until = b"", None
    client.save()
    audit.record("api_client.overlap_ended", thing=client.organisation.code, actor=by.code, key=client.key_id)
    return client


@transaction.atomic
def change_webhook(client: ApiClient, *, webhook: str, by: User) -> ApiClient:
    """Where their system is told; empty: it asks by itself."""
    keeper_or_refusal(by)
    client = _locked(client)
    client.webhook = _sealed_webhook(client, webhook)
    client.save(update_fields=["webhook"])
    audit.record("api_client.webhook_changed", thing=client.organisation.code, actor=by.code, key=client.key_id)
    return client


@transaction.atomic
def switch_client(client: ApiClient, *, on: bool, by: User) -> ApiClient:
    """Off holds from the next call. The secret before a rotation does not come back with "on"."""
    keeper_or_refusal(by)
    client = _locked(client)
    client.is_active = on
    client.previous_secret, client.previous_until = b"", None
    client.save()
    audit.record("api_client.switched", thing=client.organisation.code, actor=by.code, key=client.key_id, on=on)
    return client


@transaction.atomic
def tell_system(organisation: Organisation, event: str, reference: str) -> int:
    """Tell each system of theirs that ``event`` (``referral.sent``) happened to ``reference``; how many are told.

    Nothing else is said: what happened exactly they ask for, signed, at ``/api/v1/``.
    """
    told = 0
    live = ApiClient.objects.filter(organisation=organisation, is_active=True, organisation__is_active=True)
    for client in live.exclude(webhook=b""):
        notify.tell_webhook(
            queries.webhook_of(client), secrets=queries.secrets_of(client), event=event, reference=reference
        )
        audit.record("api_client.told", thing=reference, key=client.key_id, event=event)
        told += 1
    return told
