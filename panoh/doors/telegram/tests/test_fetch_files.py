"""A file comes into the house only because a counsellor asked for it; what cannot come says why."""

import struct
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from panoh.care.helpline import public as helpline
from panoh.doors.telegram.botapi import NoAnswerError, SaidNoError
from panoh.doors.telegram.fetcher import Fetcher
from panoh.doors.telegram.line import Line

from .conftest import Emulator, Phone

pytestmark = pytest.mark.django_db


class FakeLine:
    """Gives the content, or raises."""

    def __init__(self, content: bytes | Exception) -> None:
        self.content, self.asked = content, list[str]()

    def fetch(self, file_id: str, most_bytes: int) -> bytes:
        self.asked.append(file_id)
        if isinstance(self.content, Exception):
            raise self.content
        return self.content


@pytest.fixture
def wanted(phone: Phone, counsellor: Any) -> helpline.MediaRequest:
    """A counsellor asked for the picture."""
    phone.sends(photo=[{"file_id": "pretend-photo-800", "file_size": 100}])
    seq = next(line.seq for line in phone.lines if line.kind == "photo")
    return helpline.MediaRequest.objects.create(
        talk=phone.talk, message_seq=seq, shows="screenshot", reason=b"sealed", by=counsellor
    )


def test_without_a_wish_nothing_is_asked_for(phone: Phone) -> None:
    phone.sends(photo=[{"file_id": "pretend-photo-800", "file_size": 100}])
    line = FakeLine(b"x")
    assert Fetcher(line).run_pass() == 0
    assert line.asked == []


@pytest.mark.parametrize(
    ("trouble", "passes", "failure"),
    [
        (ValueError("size"), 1, "size"),
        (SaidNoError(400, "Bad Request: wrong file_id"), 1, "gone"),
        (NoAnswerError("TimeoutError"), 4, "unreachable"),
    ],
)
def test_what_cannot_come_says_why(
    wanted: helpline.MediaRequest, trouble: Exception, passes: int, failure: str
) -> None:
    fetcher = Fetcher(FakeLine(trouble))
    settled = [fetcher.run_pass() for _ in range(passes)]
    wanted.refresh_from_db()
    assert settled == [0] * (passes - 1) + [1]
    assert (wanted.status, wanted.failure) == ("failed", failure)


@pytest.fixture
def line(emulator: Emulator) -> Iterator[Line]:
    opened = Line("1:emulator", emulator.base)
    yield opened
    opened.close()


def test_over_real_http_the_picture_arrives_sealed(wanted: helpline.MediaRequest, line: Line) -> None:
    assert Fetcher(line).run_pass() == 1
    wanted.refresh_from_db()
    assert (wanted.status, wanted.content_type) == ("fetched", "image/png")
    assert b"PNG" not in bytes(wanted.content or b"")


def test_the_pretend_picture_is_a_real_one(line: Line) -> None:
    content = line.fetch("pretend-photo-90", 1000)
    kind, length = content[12:16], struct.unpack(">I", content[33:37])[0]
    assert (kind, zlib.decompress(content[41 : 41 + length])) == (b"IHDR", b"\x00\x80")


def test_a_file_above_the_limit_is_not_taken(line: Line) -> None:
    with pytest.raises(ValueError, match="size"):
        line.fetch("pretend-photo-90", 10)
