"""A list of 131,072 bits that says which credentials no longer hold (W3C Bitstring Status List 1.0). Pure."""

import base64
import gzip
from collections.abc import Iterable

BITS = 131_072
# Half of it is drawn from before the next list begins: a random place is then found at once, and tells nothing.
FILLED = BITS // 2


def list_number(certificates: int) -> int:
    """Which list a certificate belongs to when so many were made before it; the first is 1."""
    return certificates // FILLED + 1


def encoded(ended: Iterable[int]) -> str:
    """``encodedList`` with these bits raised: the first bit is the leftmost of the first byte."""
    bits = bytearray(BITS // 8)
    for index in ended:
        bits[index // 8] |= 0x80 >> index % 8
    packed = gzip.compress(bytes(bits), mtime=0)
    return "u" + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def is_raised(encoded_list: str, index: int) -> bool:
    """Whether the bit of ``index`` is raised in a list as ``encoded`` writes it."""
    text = encoded_list.removeprefix("u")
    bits = gzip.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return bool(bits[index // 8] & 0x80 >> index % 8)
