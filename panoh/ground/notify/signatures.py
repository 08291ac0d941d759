"""How a webhook is signed, and how its receiver tells a real one from a forged or a replayed one.

``Panoh-Signature: t=<unix seconds>,v1=<hex>[,v1=<hex>]``, each ``v1`` = HMAC-SHA256(secret, ``t`` + "." + body).
While a secret is being rotated there is one ``v1`` for each; any one that fits is enough.

The receiver refuses what is older than five minutes by ``t`` (each try is signed anew), and does nothing twice for an
``id`` it has had: the ``id`` in the body stays the same in every try.
"""

import hmac
from collections.abc import Iterable


def sign_webhook(secrets: Iterable[str], *, at: int, body: bytes) -> str:
    """The value of ``Panoh-Signature``."""
    return ",".join([f"t={at}", *(f"v1={_digest(secret, at, body)}" for secret in secrets)])


def _digest(secret: str, at: int, body: bytes) -> str:
    return hmac.new(secret.encode(), f"{at}.".encode() + body, "sha256").hexdigest()
