"""The public keys, and the document that publishes them."""

from typing import Any

from ..credentials import Key, issuer_document
from ..models import IssuerKey, KeyState, StatusList
from .reading import issuer


def all_keys() -> list[IssuerKey]:
    """Every key there ever was, the oldest first."""
    return list(IssuerKey.objects.order_by("pk"))


def issuer_page() -> dict[str, Any]:
    """The DID document of the centre."""
    keys = [
        Key(key.fragment, key.multibase, key.valid_until if key.state == KeyState.COMPROMISED else None)
        for key in all_keys()
    ]
    return issuer_document(issuer(), keys)


def status_list(number: int) -> dict[str, Any] | None:
    """The signed list, as the worker has signed it last."""
    return StatusList.objects.filter(number=number).values_list("credential", flat=True).first()
