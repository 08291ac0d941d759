"""The signed twin of a certificate: Open Badges 3.0 as a W3C Verifiable Credential 2.0, and what verifies it. Pure.

Every printed fact has its place in the standard's own words, so that none stands outside of the signature.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

VC = "https://www.w3.org/ns/credentials/v2"
OB = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
TYPES = {"course": "Course", "training": "CertificateOfCompletion", "trainer_status": "License", "event": "Award"}
Document = dict[str, Any]


class Issuer(NamedTuple):
    """Who signs: its name and the address its documents stand at, without a slash at the end."""

    name: str
    url: str

    @property
    def did(self) -> str:
        """did:web of the address; a port is written as the method wants it."""
        return "did:web:" + quote(urlsplit(self.url).netloc, safe=".-")

    def profile(self) -> Document:
        return {"id": self.did, "type": ["Profile"], "name": self.name, "url": f"{self.url}/"}


class Holder(NamedTuple):
    latin: str
    cyrillic: str


class Period(NamedTuple):
    valid_from: datetime
    valid_until: datetime | None


class Place(NamedTuple):
    """Where its bit stands."""

    number: int
    bit: int


def moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def credential_of(
    facts: Mapping[str, Any], holder: Holder, period: Period, place: Place, *, code: str, language: str
) -> Document:
    """The credential without its proof. ``facts`` is the snapshot that the certificate was printed from."""
    issuer = Issuer(**facts["issuer"])
    address = f"{issuer.url}/c/{code}"
    until = {"validUntil": moment(period.valid_until)} if period.valid_until else {}
    evidence = {"evidence": [{"id": f"urn:uuid:{facts['evidence']}", "type": ["Evidence"]}]}
    return {
        "@context": [VC, OB],
        "id": address,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": issuer.profile(),
        "validFrom": moment(period.valid_from),
        **until,
        "name": _said(facts["achievement"]["names"], language),
        "credentialSubject": _subject(facts, holder, issuer, code=code, language=language),
        **(evidence if facts.get("evidence") else {}),
        "credentialStatus": _status(issuer, place),
    }


def _subject(facts: Mapping[str, Any], holder: Holder, issuer: Issuer, *, code: str, language: str) -> Document:
    given = {
        "creditsEarned": facts.get("hours"),
        "activityStartDate": _day(facts.get("from")),
        "activityEndDate": _day(facts.get("until")),
        "role": facts.get("role"),
        "narrative": facts.get("place"),
        "licenseNumber": facts.get("number"),
    }
    return {
        "type": ["AchievementSubject"],
        "identifier": [_identity(name) for name in dict.fromkeys(holder) if name],
        "achievement": _achievement(facts, issuer, code=code, language=language),
        **{name: value for name, value in given.items() if value not in (None, "")},
    }


def _identity(name: str) -> Document:
    return {"type": "IdentityObject", "hashed": False, "identityHash": name, "identityType": "name"}


def _achievement(facts: Mapping[str, Any], issuer: Issuer, *, code: str, language: str) -> Document:
    of = facts["achievement"]
    name, criteria = _said(of["names"], language), _said(of["criteria"], language)
    return {
        "id": f"{issuer.url}/c/#{of['code']}",
        "type": ["Achievement"],
        "achievementType": TYPES[of["kind"]],
        "name": name,
        "description": criteria,
        "criteria": {"narrative": criteria},
        "inLanguage": language,
        "humanCode": code,
        "creator": issuer.profile(),
    }


def _status(issuer: Issuer, place: Place) -> Document:
    there = f"{issuer.url}/c/status/{place.number}"
    return {
        "id": f"{there}#{place.bit}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": "revocation",
        "statusListIndex": str(place.bit),
        "statusListCredential": there,
    }


def status_list_of(issuer: Issuer, number: int, encoded_list: str, at: datetime) -> Document:
    there = f"{issuer.url}/c/status/{number}"
    return {
        "@context": [VC],
        "id": there,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.did,
        "validFrom": moment(at),
        "credentialSubject": {
            "id": f"{there}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded_list,
        },
    }


class Key(NamedTuple):
    fragment: str
    multibase: str
    compromised_at: datetime | None


def issuer_document(issuer: Issuer, keys: Iterable[Key]) -> Document:
    """The DID document: every key there ever was. A compromised one stays to be seen, and vouches for nothing."""
    keys = list(keys)
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": issuer.did,
        "verificationMethod": [_method(issuer, key) for key in keys],
        "assertionMethod": [f"{issuer.did}#{key.fragment}" for key in keys if key.compromised_at is None],
    }


def _method(issuer: Issuer, key: Key) -> Document:
    revoked = {"revoked": moment(key.compromised_at)} if key.compromised_at else {}
    return {
        "id": f"{issuer.did}#{key.fragment}",
        "type": "Multikey",
        "controller": issuer.did,
        "publicKeyMultibase": key.multibase,
        **revoked,
    }


def _said(names: Mapping[str, str], language: str) -> str:
    return str(names.get(language) or names["en"])


def _day(day: str | None) -> str | None:
    return f"{day}T00:00:00Z" if day else None
