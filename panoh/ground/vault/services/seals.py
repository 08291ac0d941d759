"""Sealing and unsealing of what people wrote; keyed look-up of what must be found without being known."""

import hmac
from uuid import UUID

from .. import sealing
from ..errors import TamperedError
from .keys import lookup_key, plain_key


def seal(key: UUID, text: str | bytes, *, where: str) -> bytes:
    """``text`` sealed for the place ``where``, e.g. ``talks.message:<conversation>:<seq>``; raises ``ErasedError``."""
    plain = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else bytes(text)
    return sealing.seal_bytes(plain_key(key), plain, key_id=key, where=where)


def unseal(key: UUID, sealed: bytes | memoryview, *, where: str) -> str:
    """The text sealed for ``where``; raises ``ErasedError``, ``TamperedError``."""
    return unseal_bytes(key, sealed, where=where).decode("utf-8", "surrogatepass")


def unseal_bytes(key: UUID, sealed: bytes | memoryview, *, where: str) -> bytes:
    """The bytes sealed for ``where``; raises ``ErasedError``, ``TamperedError``."""
    try:
        return sealing.open_bytes(plain_key(key), bytes(sealed), key_id=key, where=where)
    except sealing.BrokenSealError:
        raise TamperedError from None


def lookup(value: str, *, purpose: str) -> str:
    """64 hex digits that find ``value`` again and tell nothing of it (HMAC-SHA256); differs for each purpose."""
    return hmac.digest(lookup_key(), f"{purpose}\0{value}".encode(), "sha256").hex()
