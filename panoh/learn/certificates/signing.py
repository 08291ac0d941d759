"""Proofs of the kind ``eddsa-jcs-2022`` (W3C Data Integrity EdDSA 1.0, §3.3): Ed25519 over canonical JSON."""

import hashlib
from datetime import datetime
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
ED25519_PUBLIC = b"\xed\x01"  # multicodec's name of the kind of key
Document = dict[str, Any]


def to_base58(data: bytes) -> str:
    number, letters = int.from_bytes(data, "big"), ""
    while number:
        number, rest = divmod(number, 58)
        letters = BASE58[rest] + letters
    return BASE58[0] * (len(data) - len(data.lstrip(b"\0"))) + letters


def from_base58(text: str) -> bytes:
    """Raises ``ValueError`` for a letter outside of the alphabet."""
    number = 0
    for letter in text:
        number = number * 58 + BASE58.index(letter)
    zeros = len(text) - len(text.lstrip(BASE58[0]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def multikey(private: bytes) -> str:
    """The public half of a 32-byte seed, as ``publicKeyMultibase`` writes it."""
    public = Ed25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()
    return "z" + to_base58(ED25519_PUBLIC + public)


def public_bytes(multibase: str) -> bytes:
    """The 32 bytes of a public multikey. Raises ``ValueError`` for any other kind of key."""
    data = from_base58(multibase[1:]) if multibase.startswith("z") else b""
    if len(data) != 34 or not data.startswith(ED25519_PUBLIC):
        raise ValueError("not an Ed25519 multikey")
    return data[2:]


def signed(document: Document, private: bytes, *, method: str, at: datetime) -> Document:
    """``document`` with a proof by the key that ``method`` names."""
    proof: Document = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verificationMethod": method,
        "proofPurpose": "assertionMethod",
    }
    if "@context" in document:
        proof = {"@context": document["@context"], **proof}
    signature = Ed25519PrivateKey.from_private_bytes(private).sign(_hashed(document, proof))
    return {**document, "proof": {**proof, "proofValue": "z" + to_base58(signature)}}


def is_signed_by(document: Document, multibase: str) -> bool:
    """Whether the proof of ``document`` was made with this key over these very words."""
    try:
        bare = {name: value for name, value in document.items() if name != "proof"}
        proof = dict(document["proof"])
        value = proof.pop("proofValue")
        if (proof.get("type"), proof.get("cryptosuite")) != ("DataIntegrityProof", "eddsa-jcs-2022"):
            return False
        if proof.get("proofPurpose") != "assertionMethod" or proof.get("@context") != bare.get("@context"):
            return False
        key = Ed25519PublicKey.from_public_bytes(public_bytes(multibase))
        key.verify(from_base58(value.removeprefix("z")), _hashed(bare, proof))
    except (KeyError, TypeError, ValueError, AttributeError, InvalidSignature, rfc8785.CanonicalizationError):
        return False
    return True


def _hashed(document: Document, proof: Document) -> bytes:
    return hashlib.sha256(rfc8785.dumps(proof)).digest() + hashlib.sha256(rfc8785.dumps(document)).digest()
