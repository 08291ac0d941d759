"""Signed messages of LTI 1.3: read and checked, and written. Pure of Django.

Sources: 1EdTech Security Framework 1.0 (id_token of a platform, client assertion of a tool), LTI 1.3 core, LTI Deep
Linking 2.0, Assignment and Grade Services 2.0.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

ALGORITHM = "RS256"  # the only one that every platform must know; nothing else is accepted, "none" least of all
CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
DEEP = "https://purl.imsglobal.org/spec/lti-dl/claim/"
GRADES = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
SCORE_SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"
LAUNCH, CHOOSE = "LtiResourceLinkRequest", "LtiDeepLinkingRequest"
NEEDED = ("iss", "aud", "exp", "iat", "nonce")
LEEWAY = 60  # seconds by which two clocks may differ
MOST_BYTES = 30_000
Claims = dict[str, Any]


class RefusedError(Exception):
    """``why`` is a code of ``errors.WHY``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


# --- keys ---------------------------------------------------------------------------------------------------------


def new_pair() -> tuple[str, Claims, bytes]:
    """Name, public half as a JWK, private half as PEM."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    kid = secrets.token_urlsafe(12)
    public: Claims = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(private.public_key()))
    pem = private.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return (
        kid,
        {"kty": public["kty"], "n": public["n"], "e": public["e"], "kid": kid, "alg": ALGORITHM, "use": "sig"},
        pem,
    )


def keys_in(body: bytes) -> list[Claims]:
    """The RSA keys of a published key set; raises ``ValueError`` for anything else."""
    said = json.loads(body)
    rows = said.get("keys") if isinstance(said, dict) else None
    if not isinstance(rows, list):
        raise ValueError("no key set")
    kept = ("kty", "kid", "n", "e", "alg")
    found = [{name: str(row[name]) for name in kept if name in row} for row in rows if isinstance(row, dict)]
    return [row for row in found if row.get("kty") == "RSA" and row.get("kid") and row.get("n") and row.get("e")]


# --- reading ------------------------------------------------------------------------------------------------------


def key_name(token: str) -> str:
    """Which key a message says it is signed with; raises ``RefusedError``. Nothing of it is believed yet."""
    try:
        if len(token) > MOST_BYTES:
            raise jwt.InvalidTokenError
        head = jwt.get_unverified_header(token)
    except jwt.InvalidTokenError:
        raise RefusedError("message") from None
    if head.get("alg") != ALGORITHM:
        raise RefusedError("algorithm")
    if not isinstance(head.get("kid"), str):
        raise RefusedError("key")
    return str(head["kid"])


def read(token: str, key: Mapping[str, Any], *, issuer: str, client_id: str) -> Claims:
    """The claims of a message that this very platform signed for us and that is not too old."""
    try:
        public = jwt.PyJWK({**key, "alg": ALGORITHM})
        options: Any = {"require": list(NEEDED)}
        said: Claims = jwt.decode(
            token, public.key, [ALGORITHM], options, audience=client_id, issuer=issuer, leeway=LEEWAY
        )
    except jwt.ExpiredSignatureError:
        raise RefusedError("expired") from None
    except jwt.InvalidAudienceError:
        raise RefusedError("audience") from None
    except jwt.InvalidIssuerError:
        raise RefusedError("issuer") from None
    except jwt.InvalidSignatureError:
        raise RefusedError("signature") from None
    except (jwt.PyJWTError, ValueError, TypeError):
        raise RefusedError("message") from None
    several = isinstance(said["aud"], list) and len(said["aud"]) > 1
    if (several or "azp" in said) and said.get("azp") != client_id:
        raise RefusedError("audience")
    return said


def check(said: Claims, deployments: Sequence[str]) -> str:
    """The kind of a message whose signature is right; raises ``RefusedError`` where it lacks what its kind needs."""
    kind = said.get(f"{CLAIM}message_type")
    if said.get(f"{CLAIM}version") != "1.3.0" or kind not in {LAUNCH, CHOOSE}:
        raise RefusedError("message")
    if said.get(f"{CLAIM}deployment_id") not in deployments:
        raise RefusedError("deployment")
    if kind == LAUNCH:
        _text(said.get("sub"), 255)
        _text(_of(said, f"{CLAIM}resource_link").get("id"), 255)
    else:
        _text(_of(said, f"{DEEP}deep_linking_settings").get("deep_link_return_url"), 1000)
    return str(kind)


def _of(said: Claims, name: str) -> Claims:
    held = said.get(name)
    return held if isinstance(held, dict) else {}


def _text(value: object, most: int) -> str:
    if not isinstance(value, str) or not value or len(value) > most or "\n" in value:
        raise RefusedError("message")
    return value


def resource_of(said: Claims) -> str:
    return str(_of(said, f"{CLAIM}resource_link")["id"])


def custom_of(said: Claims) -> str:
    """What we wrote into the link when it was chosen."""
    wanted = _of(said, f"{CLAIM}custom").get("panoh")
    return wanted if isinstance(wanted, str) else ""


def line_of(said: Claims) -> str:
    """Where a score for this link may be sent; "" where the platform wants none."""
    held = _of(said, GRADES)
    scopes, line = held.get("scope"), held.get("lineitem")
    wanted = isinstance(scopes, list) and SCORE_SCOPE in scopes and isinstance(line, str) and len(line) <= 500
    return str(line) if wanted else ""


def locale_of(said: Claims) -> str:
    held = _of(said, f"{CLAIM}launch_presentation").get("locale") or said.get("locale")
    return held.lower().replace("_", "-") if isinstance(held, str) else ""


def settings_of(said: Claims) -> Claims:
    """Of a choosing: where the answer goes, what must come back with it, and whether it may ask for scores."""
    held = _of(said, f"{DEEP}deep_linking_settings")
    data = held.get("data")
    return {
        "url": held["deep_link_return_url"],
        "data": data if isinstance(data, str) else None,
        "deployment": said[f"{CLAIM}deployment_id"],
        "lines": held.get("accept_lineitem") is not False,
    }


# --- writing ------------------------------------------------------------------------------------------------------


def signed(said: Claims, kid: str, pem: bytes) -> str:
    return jwt.encode(said, pem, ALGORITHM, {"kid": kid})


def assertion(client_id: str, audience: str, now: int) -> Claims:
    """With this we ask a platform for leave to send a score (RFC 7523)."""
    return {
        "iss": client_id, "sub": client_id, "aud": audience, "iat": now, "exp": now + 300,
        "jti": secrets.token_urlsafe(16),
    }  # fmt: skip


def chosen(client_id: str, issuer: str, settings: Claims, items: list[Claims], now: int) -> Claims:
    """The answer to a choosing."""
    said: Claims = {
        "iss": client_id, "aud": issuer, "iat": now, "exp": now + 300, "nonce": secrets.token_urlsafe(16),
        f"{CLAIM}message_type": "LtiDeepLinkingResponse",
        f"{CLAIM}version": "1.3.0",
        f"{CLAIM}deployment_id": settings["deployment"],
        f"{DEEP}content_items": items,
    }  # fmt: skip
    return said if settings["data"] is None else said | {f"{DEEP}data": settings["data"]}
