"""What a file is, by its content alone."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from panoh.care.reports import pictures
from panoh.care.reports.pictures import PictureRefusedError, read_picture

from .file_corpus import BAD, GOOD, MAKER, drawing, file_of, jpeg, jpeg_with_comment, jpeg_with_place, png


@pytest.mark.parametrize("name", GOOD)
def test_pictures_are_taken(name: str) -> None:
    picture = read_picture(GOOD[name]())
    assert picture.content_type == (name if "/" in name else "image/jpeg")
    assert picture.width * picture.height == 320 * 240


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_way_to_write_pixels_is_read(mode: str) -> None:
    made = Image.new(mode, (40, 30)) if mode == "I;16" else drawing(size=(40, 30)).convert(mode)
    assert read_picture(file_of(made, "PNG")).width == 40


@pytest.mark.parametrize("name", BAD)
def test_other_files_are_refused_and_the_code_says_why(name: str) -> None:
    make, code = BAD[name]
    with pytest.raises(PictureRefusedError) as refused:
        read_picture(make())
    assert refused.value.code == code


def test_the_copy_does_not_tell_where_and_with_what_it_was_taken() -> None:
    sent = jpeg_with_place()
    picture = read_picture(sent)
    assert MAKER.encode() in sent
    copy = Image.open(io.BytesIO(picture.staff_copy))
    assert MAKER.encode() not in picture.staff_copy
    assert not dict(copy.getexif())
    assert set(copy.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_a_picture_on_its_side_is_put_upright_before_its_direction_is_forgotten() -> None:
    assert read_picture(jpeg_with_place()).height == 320


def test_a_comment_is_not_copied() -> None:
    assert b"secret" not in read_picture(jpeg_with_comment(b"secret")).staff_copy


def test_the_copy_shows_the_same_picture() -> None:
    copy = Image.open(io.BytesIO(read_picture(png()).staff_copy)).convert("RGB")
    assert copy.tobytes() == drawing().tobytes()


def test_the_preview_is_a_few_grey_squares() -> None:
    preview = Image.open(io.BytesIO(read_picture(jpeg()).preview))
    assert preview.mode == "L"
    assert preview.size == (224, 160)
    assert len(set(preview.tobytes())) <= pictures.COARSE**2


def test_zeros_after_the_end_are_padding_and_hide_nothing() -> None:
    assert read_picture(jpeg() + bytes(64)).content_type == "image/jpeg"


@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\x20\0\0\0WEBPVP8 "]),
)
def test_no_bytes_at_all_break_the_reader(noise: bytes, begin: bytes) -> None:
    with pytest.raises(PictureRefusedError):
        read_picture(begin + noise)


@given(st.integers(0, 10_000), st.integers(0, 255))
def test_one_changed_byte_gives_a_picture_or_a_refusal(at: int, value: int) -> None:
    whole = bytearray(SMALL)
    whole[at % len(whole)] = value
    assert what_is(bytes(whole)) in {"image/jpeg", "kind", "broken", "hidden", "too_big"}


def what_is(content: bytes) -> str:
    """The type of a picture, or why it is refused; nothing else may happen."""
    try:
        return read_picture(content).content_type
    except PictureRefusedError as refused:
        return refused.code


SMALL = file_of(drawing(size=(48, 48)), "JPEG")
