"""Sealed bytes: AES-256-GCM, bound to the key they were sealed with and to the place they belong to.

Format ``v1.`` + 12 bytes of nonce + ciphertext + 16 bytes of tag. The place (``where``) and the key's id are
authenticated but not stored: a row moved elsewhere does not open. Nonces are random; a data key is meant for one
conversation or letter, far below the 2^32 messages that NIST SP 800-38D (8.3) allows for random 96-bit nonces.
"""

import os
import re
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"v1."
NONCE = 12
TAG = 16
KEY = 32
RING_KEY = re.compile(r"(?P<name>[A-Za-z0-9_-]{1,32}):(?P<key>[0-9a-fA-F]{64})")


class BrokenSealError(Exception):
    """The bytes are not ours, were changed, were moved, or belong to another key."""


class RingShapeError(ValueError):
    """The master key ring is not written as it must be."""


@dataclass(frozen=True)
class Ring:
    """The master keys by name, the newest first. Its ``repr`` names them and never shows them."""

    keys: tuple[tuple[str, bytes], ...]

    @property
    def newest(self) -> str:
        return self.keys[0][0]

    def key(self, name: str) -> bytes:
        """The master key called ``name``; raises ``KeyError``."""
        return dict(self.keys)[name]

    def names(self) -> list[str]:
        return [name for name, _ in self.keys]

    def __repr__(self) -> str:
        return f"Ring({', '.join(self.names())})"


def read_ring(written: str) -> Ring:
    """The ring of ``id:64 hex digits,…``; raises ``RingShapeError``, whose message never quotes the keys."""
    parts = [RING_KEY.fullmatch(part.strip()) for part in written.split(",")] if written.strip() else []
    if not parts:
        raise RingShapeError("there is no key in it")
    found = []
    for place, match in enumerate(parts, start=1):
        if match is None:
            raise RingShapeError(f"entry {place} is not of the shape id:64 hexadecimal digits")
        found.append((match["name"], bytes.fromhex(match["key"])))
    if len({name for name, _ in found}) != len(found):
        raise RingShapeError("an id stands in it twice")
    return Ring(tuple(found))


def new_data_key() -> bytes:
    return os.urandom(KEY)


def seal_bytes(key: bytes, plain: bytes, *, key_id: UUID, where: str) -> bytes:
    """``plain`` sealed with ``key``; sealing it twice gives different bytes."""
    nonce = os.urandom(NONCE)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plain, _bond(key_id, where))


def open_bytes(key: bytes, sealed: bytes, *, key_id: UUID, where: str) -> bytes:
    """What was sealed; raises ``BrokenSealError``."""
    start = len(VERSION) + NONCE
    if not sealed.startswith(VERSION) or len(sealed) < start + TAG:
        raise BrokenSealError
    try:
        return AESGCM(key).decrypt(sealed[len(VERSION) : start], sealed[start:], _bond(key_id, where))
    except InvalidTag:
        raise BrokenSealError from None


def wrap(ring: Ring, data_key: bytes, *, key_id: UUID, kind: str) -> tuple[bytes, str]:
    """``data_key`` sealed with the newest master key, and that master key's name."""
    name = ring.newest
    return seal_bytes(ring.key(name), data_key, key_id=key_id, where=_wrapped(kind, name)), name


def unwrap(ring: Ring, wrapped: bytes, *, key_id: UUID, kind: str, name: str) -> bytes:
    """The data key; raises ``KeyError`` for a master key we do not hold, ``BrokenSealError``."""
    return open_bytes(ring.key(name), wrapped, key_id=key_id, where=_wrapped(kind, name))


def _wrapped(kind: str, name: str) -> str:
    return f"vault.datakey:{kind}:{name}"


def _bond(key_id: UUID, where: str) -> bytes:
    return VERSION + key_id.bytes + where.encode()
