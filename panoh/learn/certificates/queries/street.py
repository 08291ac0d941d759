"""What a code answers on the street: the state, and every printed fact for as long as the holder does not withdraw."""

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone, translation

from panoh.ground.vault import public as vault

from .. import signing
from ..codes import read_code
from ..models import Certificate, IssuerKey, KeyState, Status
from .reading import (
    Line,
    credential_of,
    day,
    facts_of,
    holder_of,
    in_order,
    named,
    pdf_of,
)


@dataclass
class Seen:
    """``state`` is a key of ``labels.STATES``; ``credential`` is empty until it is signed, and where it is gone."""

    code: str
    state: str = "unknown"
    one: Certificate | None = None
    name: str = ""
    other_name: str = ""
    achievement: str = ""
    criteria: str = ""
    signatory: str = ""
    office: str = ""
    issuer: str = ""
    lines: list[Line] = field(default_factory=list)
    ended_on: str = ""
    newer: str = ""
    credential: dict[str, Any] = field(default_factory=dict)
    is_signature_right: bool = False
    keys: dict[str, str] = field(default_factory=dict)


def certificate_for(typed: str) -> Certificate | None:
    """The one gate on the street. What can be no code of ours costs no query."""
    code = read_code(typed)
    return Certificate.objects.filter(code=code).select_related("key", "superseded_by").first() if code else None


def seen(typed: str, language: str) -> Seen:
    one = certificate_for(typed)
    if one is None:
        return Seen(read_code(typed))
    found = Seen(one.code, state_of(one), one, lines=facts_of(one, language), issuer=one.facts["issuer"]["name"])
    found.achievement = named(one.facts["achievement"]["names"], language)
    found.criteria = named(one.facts["achievement"]["criteria"], language)
    if signatory := one.facts.get("signatory"):
        found.signatory, found.office = named(signatory["names"], language), named(signatory["offices"], language)
    if one.ended_at:
        with translation.override(language):
            found.ended_on = day(timezone.localdate(one.ended_at))
    newer = getattr(one, "superseded_by", None)
    found.newer = newer.code if newer else ""
    return _with_name(found, one, language)


def _with_name(found: Seen, one: Certificate, language: str) -> Seen:
    try:
        found.name, found.other_name = in_order(holder_of(one), language)
        found.credential = credential_of(one)
    except vault.ErasedError:
        return found
    found.keys = published()
    key = found.keys.get(found.credential["proof"]["verificationMethod"].rpartition("#")[2], "")
    found.is_signature_right = bool(key) and signing.is_signed_by(found.credential, key)
    return found


def state_of(one: Certificate) -> str:
    if one.status != Status.ISSUED:
        return str(one.status)
    if one.valid_until and one.valid_until <= timezone.now():
        return "expired"
    return "valid" if one.signed_at else "making"


def published() -> dict[str, str]:
    """Public keys that vouch for something, by the name a proof calls them."""
    keys = IssuerKey.objects.exclude(state=KeyState.COMPROMISED)
    return {key.fragment: key.multibase for key in keys}


def paper_for(typed: str) -> tuple[Certificate, bytes] | None:
    """The PDF, where there is one."""
    one = certificate_for(typed)
    try:
        return (one, pdf_of(one)) if one else None
    except vault.ErasedError:
        return None


def credential_for(typed: str) -> dict[str, Any] | None:
    one = certificate_for(typed)
    try:
        return credential_of(one) if one else None
    except vault.ErasedError:
        return None


def judged(data: bytes) -> tuple[str, str]:
    """What a file that somebody was sent is worth: (``genuine`` | ``altered`` | ``not_ours``, code of the certificate).

    A PDF is genuine when it is, byte for byte, one that we printed; a credential when one of our keys signed its words.
    """
    if data.startswith(b"%PDF"):
        return _judged_paper(data)
    return _judged_credential(data)


def _judged_paper(data: bytes) -> tuple[str, str]:
    one = Certificate.objects.filter(pdf_sha256=hashlib.sha256(data).hexdigest()).first()
    return ("genuine", one.code) if one else ("altered", "")


def _judged_credential(data: bytes) -> tuple[str, str]:
    try:
        said = json.loads(data)
        code = read_code(str(said["id"]).rpartition("/c/")[2])
    except (ValueError, KeyError, TypeError):
        return "not_ours", ""
    if any(signing.is_signed_by(said, key) for key in published().values()):
        return "genuine", code
    return "altered", code
