"""Second-factor secrets at rest: each sealed under a key of its own, so that a reset can destroy it."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterator, Mapping
from uuid import UUID

from panoh.ground.vault import public as vault

KIND = "second_factor"


def seal_secret(secret: str) -> str:
    """``<key>:<sealed>`` in letters, as the library's JSON column can hold it."""
    key = vault.new_key(KIND)
    return f"{key}:{urlsafe_b64encode(vault.seal(key, secret, where=_where(key))).decode()}"


def unseal_secret(text: str) -> str:
    name, _, sealed = text.partition(":")
    key = UUID(name)
    return vault.unseal(key, urlsafe_b64decode(sealed), where=_where(key))


def keys_in(data: Mapping[str, object]) -> Iterator[UUID]:
    """The keys of the sealed values among an authenticator's data."""
    for field in ("secret", "seed"):
        value = data.get(field)
        if isinstance(value, str) and ":" in value:
            yield UUID(value.partition(":")[0])


def _where(key: UUID) -> str:
    return f"accounts.second_factor:{key}"
