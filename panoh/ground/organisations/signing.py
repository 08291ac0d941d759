"""How a partner's system signs a call: one header, HMAC-SHA256 over everything that says what is asked.

``Authorization: Panoh-HMAC-SHA256 key=PK-…,t=<unix seconds>,nonce=<once>,sha256=<of the body>,v1=<signature>``

The signature is over six lines: the scheme, ``t``, ``nonce``, the method, the path with its query, ``sha256``.
The body is bound by its digest, so that a signature is judged before one byte of a body is read.
"""

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

SCHEME = "Panoh-HMAC-SHA256"
HEADER = re.compile(
    rf"{SCHEME} key=(?P<key>[A-Za-z0-9-]{{1,16}}),t=(?P<t>[0-9]{{1,12}}),nonce=(?P<nonce>[A-Za-z0-9_-]{{16,64}}),"
    r"sha256=(?P<digest>[0-9a-f]{64}),v1=(?P<signature>[0-9a-f]{64})"
)


@dataclass(frozen=True)
class Claim:
    """What a header says; nothing of it is believed yet."""

    key_id: str
    at: int
    nonce: str
    digest: str
    signature: str


def read_header(header: str) -> Claim | None:
    found = HEADER.fullmatch(header)
    if found is None:
        return None
    return Claim(found["key"], int(found["t"]), found["nonce"], found["digest"], found["signature"])


def digest_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def string_to_sign(*, at: int, nonce: str, method: str, target: str, digest: str) -> bytes:
    """``target``: the path as sent, and ``?query`` when there is one."""
    return "\n".join([SCHEME, str(at), nonce, method, target, digest]).encode()


def signature_of(secret: str, said: bytes) -> str:
    """64 hex digits."""
    return hmac.new(secret.encode(), said, "sha256").hexdigest()


def is_signed_by(claim: Claim, known: list[str], *, method: str, target: str) -> bool:
    """In constant time, and for every secret: neither the place of a difference nor which secret fits shows."""
    said = string_to_sign(at=claim.at, nonce=claim.nonce, method=method, target=target, digest=claim.digest)
    fits = [hmac.compare_digest(signature_of(secret, said), claim.signature) for secret in known]
    return any(fits)


def new_secret() -> str:
    return "panoh_" + secrets.token_urlsafe(32)


def header_for(key_id: str, secret: str, *, at: int, nonce: str, method: str, target: str, body: bytes = b"") -> str:
    """The header of a call: what the how-to teaches partners to build, kept here for our own tests and tools."""
    digest = digest_of(body)
    signature = signature_of(secret, string_to_sign(at=at, nonce=nonce, method=method, target=target, digest=digest))
    return f"{SCHEME} key={key_id},t={at},nonce={nonce},sha256={digest},v1={signature}"
