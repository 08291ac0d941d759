"""Return codes: shown once, kept only as a keyed look-up and an Argon2id hash."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from django.conf import settings

from panoh.ground.common.centre import centre_file
from panoh.ground.languages.public import to_script

from .. import receipts
from ..errors import BusyError
from .seals import lookup

AT_ONCE = 2
WAIT_SECONDS = 2.0
ROUNDS = 3
SHAPES = {"ru": "{word} — {number}"}  # no case endings after a number
_pool = threading.BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True)
class NewReceipt:
    """``shown`` is for the person's eyes, once; only ``lookup`` and ``secret_hash`` may be stored.

    A look-up has 22 bits: two receipts may share one, so whoever stores it draws again when it is taken.
    """

    shown: str
    lookup: str
    secret_hash: str

    def __repr__(self) -> str:
        return "NewReceipt(…)"


def new_receipt(language: str) -> NewReceipt:
    """A fresh return code as a shopping list in ``language``, six lines; raises ``BusyError``."""
    lines = receipts.new_lines()
    finds, opens = receipts.split(lines)
    with _turn():
        hashed = _hasher().hash(_peppered(opens))
    shown = receipts.show(lines, _goods(language), SHAPES.get(language, "{number} {word}"))
    return NewReceipt(shown, lookup(finds, purpose="receipt"), hashed)


def read_receipt(typed: str) -> tuple[str, str] | None:
    """The look-up and the secret of a typed list, in any of our languages and scripts; None when it is no list."""
    lines = receipts.read(typed, _names())
    if lines is None:
        return None
    finds, opens = receipts.split(lines)
    return lookup(finds, purpose="receipt"), opens


def verify_receipt(secret_hash: str, secret: str) -> bool:
    """Whether ``secret`` opens it; takes the same memory and time when it does not. Raises ``BusyError``."""
    with _turn():
        try:
            return _hasher().verify(secret_hash, _peppered(secret))
        except (VerificationError, InvalidHashError):
            return False


@contextmanager
def _turn() -> Iterator[None]:
    """One of the few places at the hasher, so that a flood of tries cannot eat the memory."""
    if not _pool.acquire(timeout=WAIT_SECONDS):
        raise BusyError
    try:
        yield
    finally:
        _pool.release()


def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=ROUNDS, memory_cost=settings.RECEIPT_MEMORY_MIB * 1024, parallelism=1)


def _peppered(secret: str) -> str:
    """Keyed first: a stolen database alone gives nothing to guess against."""
    return lookup(secret, purpose="receipt-secret")


@cache
def _goods(language: str) -> list[str]:
    """What each good is called in ``language``, in the order that is the code."""
    if language == "uz-cyrl":
        return [to_script(name, "uz-cyrl") for name in _goods("uz")]
    return [_spellings(good[language])[0] for good in centre_file("receipts/goods.toml")["good"]]


@cache
def _names() -> dict[str, int]:
    """Every spelling in every language and script, and its good."""
    return receipts.names_of([_all_spellings(good) for good in centre_file("receipts/goods.toml")["good"]])


def _all_spellings(good: dict[str, str | list[str]]) -> list[str]:
    written = {language: _spellings(value) for language, value in good.items()}
    turned = [to_script(name, f"{latin}-cyrl") for latin in ("uz", "kaa") for name in written[latin]]
    return [*turned, *(name for names in written.values() for name in names)]


def _spellings(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value
