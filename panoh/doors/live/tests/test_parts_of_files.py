"""A player asks for the middle of a video: parts of a file, as RFC 9110 describes them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from panoh.doors.live.bridge import Bridge
from panoh.doors.live.files import KEEP_FILE, Files
from panoh.doors.live.front import Front

from .test_front import Pages, SilentLine, ask

FILM = bytes(range(256)) * (KEEP_FILE // 128)
PATH = "/static/media/film.0123456789ab.mp4"


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Front]:
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / Path(PATH).name).write_bytes(FILM)
    (tmp_path / "a.css").write_bytes(b"p{}")
    (tmp_path / "a.css.gz").write_bytes(b"packed")
    made = Front(
        live=SilentLine(),
        pages=Bridge(Pages(), threads=1, most_waiting=2),
        files=Files(tmp_path),
        explain=lambda status, path: f"{status} {path}".encode(),
    )
    yield made
    made.pages.stop()


def part(front: Front, wants: str, **headers: str) -> Any:
    return ask(front, PATH, headers={"range": wants, **headers})


def test_a_large_file_arrives_whole_and_says_that_parts_may_be_asked_for(front: Front) -> None:
    answer = ask(front, PATH)
    assert (answer.status, answer.body) == (200, FILM)
    assert answer.headers[b"accept-ranges"] == b"bytes"
    assert b"immutable" in answer.headers[b"cache-control"]
    assert answer.headers[b"content-type"] == b"video/mp4"
    assert int(answer.headers[b"content-length"]) == len(FILM)


def test_a_large_file_is_not_held_in_memory(front: Front) -> None:
    ask(front, PATH)
    part(front, "bytes=0-")
    assert front.files.kept == {}


@pytest.mark.parametrize(
    ("wants", "begin", "end"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=100-299", 100, 300),
        ("bytes=0-", 0, len(FILM)),
        (f"bytes={len(FILM) - 5}-", len(FILM) - 5, len(FILM)),
        ("bytes=-7", len(FILM) - 7, len(FILM)),
        (f"bytes=10-{len(FILM) * 2}", 10, len(FILM)),
    ],
)
def test_a_part_is_what_was_asked_for(front: Front, wants: str, begin: int, end: int) -> None:
    answer = part(front, wants)
    assert (answer.status, answer.body) == (206, FILM[begin:end])
    assert answer.headers[b"content-range"] == f"bytes {begin}-{end - 1}/{len(FILM)}".encode()
    assert int(answer.headers[b"content-length"]) == end - begin


@pytest.mark.parametrize("wants", ["bytes=5-2", "bytes=-", "bytes=0-1,4-5", "pages=1-2", "nonsense"])
def test_what_is_no_single_part_gets_everything(front: Front, wants: str) -> None:
    assert part(front, wants).status == 200


@pytest.mark.parametrize("wants", [f"bytes={len(FILM)}-", "bytes=-0"])
def test_a_part_behind_the_end_is_refused_with_the_size(front: Front, wants: str) -> None:
    answer = part(front, wants)
    assert (answer.status, answer.body) == (416, b"")
    assert answer.headers[b"content-range"] == f"bytes */{len(FILM)}".encode()


def test_a_part_of_another_file_than_the_reader_began_with_is_not_given(front: Front) -> None:
    tag = ask(front, PATH).headers[b"etag"].decode()
    assert part(front, "bytes=0-9", **{"if-range": tag}).status == 206
    assert part(front, "bytes=0-9", **{"if-range": '"older"'}).status == 200


def test_who_only_asks_about_a_file_hears_its_size_and_gets_no_byte(front: Front) -> None:
    answer = ask(front, PATH, method="HEAD", headers={"range": "bytes=0-99"})
    assert (answer.status, answer.body) == (200, b"")
    assert int(answer.headers[b"content-length"]) == len(FILM)


def test_a_file_that_is_sent_compressed_has_no_parts(front: Front) -> None:
    answer = ask(front, "/static/a.css", headers={"range": "bytes=0-0"})
    assert (answer.status, answer.body) == (200, b"p{}")
    assert b"accept-ranges" not in answer.headers
