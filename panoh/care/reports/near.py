"""PDQ hashes that nearly agree, found without reading them: bands of bits that can be looked up by a keyed hash.

A PDQ hash is 256 bits, written as 64 hex digits; pictures that look alike differ in few of them. Cut into 16 bands of
16 bits, two hashes that differ in at most 31 bits have a band in which they differ in at most one (31 < 2 x 16): so one
of the 17 spellings of some band of the one stands among the bands of the other. Threshold 31 and quality 50:
PDQ's own recommendation (Facebook, "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm", 2019).
"""

import re

DIGITS = 64
BANDS = 16
BAND_DIGITS = DIGITS // BANDS
BAND_BITS = BAND_DIGITS * 4
NEAR = 31
GOOD_QUALITY = 50
HEX = re.compile(r"[0-9a-f]{64}")


def is_hash(value: str) -> bool:
    """256 bits in small hex digits: the shape of PDQ and of SHA-256 alike."""
    return bool(HEX.fullmatch(value))


def distance(one: str, other: str) -> int:
    """In how many of the 256 bits they differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()


def bands(value: str) -> list[str]:
    """The 16 bands, each with its place in front: ``["0:1a2b", …]``."""
    return [f"{band}:{value[band * BAND_DIGITS : (band + 1) * BAND_DIGITS]}" for band in range(BANDS)]


def wanted(value: str) -> list[str]:
    """Every band of ``value`` and its 16 neighbours one bit away: a hash within ``NEAR`` has at least one of them."""
    return [spelling for band in bands(value) for spelling in _with_neighbours(band)]


def _with_neighbours(band: str) -> list[str]:
    place, digits = band.split(":")
    bits = int(digits, 16)
    return [f"{place}:{bits ^ flip:04x}" for flip in (0, *(1 << bit for bit in range(BAND_BITS)))]
