"""The gold set as the tests use it: pairs of both scripts, and what must never be touched."""

from ..goldset import pairs, protected

PAIRS = [*pairs("research"), *pairs("found"), *pairs("words")]
KARAKALPAK = pairs("karakalpak")
NEW_LETTERS = pairs("uz-2026")
UNTOUCHED = protected()
