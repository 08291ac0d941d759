"""Partners' systems: which key is whose, and which secrets open it at this moment."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from panoh.ground.vault import public as vault

from ..models import ApiClient, Organisation


def where_sealed(client: ApiClient, field: str) -> str:
    return f"organisations.api_client:{client.key_id}:{field}"


def client_for(key_id: str) -> ApiClient | None:
    """The switched-on system behind a key, of an organisation that is switched on."""
    found = ApiClient.objects.select_related("organisation").filter(key_id=key_id, is_active=True)
    return found.filter(organisation__is_active=True).first()


def secrets_of(client: ApiClient) -> list[str]:
    """The secret, and during the overlap after a rotation the one before it."""
    fields = ["secret"]
    if client.previous_until is not None and client.previous_until > timezone.now() and client.previous_secret:
        fields.append("previous_secret")
    return [
        vault.unseal(client.data_key, getattr(client, field), where=where_sealed(client, field)) for field in fields
    ]


def webhook_of(client: ApiClient) -> str:
    if not client.webhook:
        return ""
    return vault.unseal(client.data_key, client.webhook, where=where_sealed(client, "webhook"))


def clients_of(organisation: Organisation) -> QuerySet[ApiClient]:
    return ApiClient.objects.filter(organisation=organisation)


def client_of(organisation: Organisation, key_id: str) -> ApiClient:
    """The gate from the desk: a system of this very organisation."""
    return get_object_or_404(ApiClient, organisation=organisation, key_id=key_id)
