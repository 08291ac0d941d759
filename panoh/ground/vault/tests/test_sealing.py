"""The pure part: what opens, and what does not."""

from uuid import uuid4

import pytest

from .. import sealing

KEY, ID = b"k" * 32, uuid4()
SEALED = sealing.seal_bytes(KEY, b"menga yordam kerak", key_id=ID, where="talks.message:1:1")


def test_what_was_sealed_opens_in_its_place() -> None:
    assert sealing.open_bytes(KEY, SEALED, key_id=ID, where="talks.message:1:1") == b"menga yordam kerak"


def test_the_same_words_never_look_the_same_twice() -> None:
    assert sealing.seal_bytes(KEY, b"x", key_id=ID, where="w") != sealing.seal_bytes(KEY, b"x", key_id=ID, where="w")


@pytest.mark.parametrize("place", range(len(SEALED)))
def test_one_changed_bit_anywhere_is_noticed(place: int) -> None:
    changed = bytearray(SEALED)
    changed[place] ^= 1
    with pytest.raises(sealing.BrokenSealError):
        sealing.open_bytes(KEY, bytes(changed), key_id=ID, where="talks.message:1:1")


@pytest.mark.parametrize("cut", [0, 1, 3, 15, 30, len(SEALED) - 1])
def test_a_cut_seal_does_not_open(cut: int) -> None:
    with pytest.raises(sealing.BrokenSealError):
        sealing.open_bytes(KEY, SEALED[:cut], key_id=ID, where="talks.message:1:1")


def test_words_moved_to_another_row_or_another_key_id_do_not_open() -> None:
    for key_id, where in ((ID, "talks.message:1:2"), (uuid4(), "talks.message:1:1")):
        with pytest.raises(sealing.BrokenSealError):
            sealing.open_bytes(KEY, SEALED, key_id=key_id, where=where)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "correct horse battery staple",
        "a:" + "0" * 63,
        "a:" + "g" * 64,
        f"a:{'0' * 64},",
        f"a:{'0' * 64},a:{'1' * 64}",
    ],
)
def test_a_ring_of_another_shape_is_refused_and_not_quoted(written: str) -> None:
    with pytest.raises(sealing.RingShapeError) as refused:
        sealing.read_ring(written)
    assert "horse" not in str(refused.value)
    assert "0000" not in str(refused.value)


def test_a_ring_never_prints_its_keys() -> None:
    ring = sealing.read_ring(f"new:{'ab' * 32}, old:{'cd' * 32}")
    assert (ring.newest, repr(ring)) == ("new", "Ring(new, old)")
