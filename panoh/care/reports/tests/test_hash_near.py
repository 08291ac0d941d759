"""Near-duplicates are found by bands alone, whichever bits differ."""

from hypothesis import given
from hypothesis import strategies as st

from panoh.care.reports import near

hashes = st.integers(0, 2**256 - 1)
few_bits = st.sets(st.integers(0, 255), max_size=near.NEAR)


def written(bits: int) -> str:
    return f"{bits:064x}"


def flipped(bits: int, places: set[int]) -> int:
    for place in places:
        bits ^= 1 << place
    return bits


@given(hashes, few_bits)
def test_what_differs_in_at_most_31_bits_shares_a_band_or_a_neighbour(bits: int, places: set[int]) -> None:
    assert set(near.wanted(written(bits))) & set(near.bands(written(flipped(bits, places))))


@given(hashes)
def test_two_bits_in_each_band_is_one_too_many(bits: int) -> None:
    far = flipped(bits, {place for band in range(16) for place in (band * 16, band * 16 + 1)})
    assert near.distance(written(bits), written(far)) == near.NEAR + 1
    assert not set(near.wanted(written(bits))) & set(near.bands(written(far)))


@given(hashes, st.sets(st.integers(0, 255)))
def test_the_distance_is_the_number_of_bits_that_differ(bits: int, places: set[int]) -> None:
    assert near.distance(written(bits), written(flipped(bits, places))) == len(places)


def test_the_same_digits_in_another_band_are_another_band() -> None:
    assert len(set(near.bands("a" * 64))) == near.BANDS


def test_only_64_small_hex_digits_are_a_hash() -> None:
    assert near.is_hash("0123456789abcdef" * 4)
    assert not any(near.is_hash(wrong) for wrong in ("", "a" * 63, "a" * 65, "A" * 64, "g" * 64, "a" * 64 + "\n"))
