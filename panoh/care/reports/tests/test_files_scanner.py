"""The scanner is asked as clamd is asked; whatever is not a clear answer is a failure."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from panoh.care.reports import scanner

CONTENT = bytes(range(256)) * 600


@contextmanager
def clamd(answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A listener that speaks INSTREAM, and what it was sent."""
    heard: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            line, _ = server.accept()
            with line, line.makefile("rb") as reader:
                heard.append(reader.read(len(b"zINSTREAM\0")))
                while size := int.from_bytes(reader.read(4), "big"):
                    heard.append(reader.read(size))
                line.sendall(answer)

        thread = threading.Thread(target=serve)
        thread.start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}", heard
        thread.join(5)


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (b"stream: OK\0", "clean"),
        (b"stream: Eicar-Signature FOUND\0", "infected"),
        (b"INSTREAM size limit exceeded. ERROR\0", "failed"),
        (b"stream: NOT OK\0", "failed"),
        (b"", "failed"),
    ],
)
def test_the_answer_of_clamd_decides(answer: bytes, verdict: str) -> None:
    with clamd(answer) as (where, heard):
        assert scanner.scan(CONTENT, where=where) == verdict
    assert heard[0] == b"zINSTREAM\0"
    assert b"".join(heard[1:]) == CONTENT


@pytest.mark.parametrize(
    "where",
    ["tcp://127.0.0.1:9", "unix:/nowhere/clamd.ctl", "/nowhere/scanner", "sh -c 'exit 3'", "'", "tcp://127.0.0.1:port"],
)
def test_a_scanner_that_is_not_there_has_not_called_it_clean(where: str) -> None:
    assert scanner.scan(b"x", where=where) == "failed"


@pytest.mark.parametrize(("command", "verdict"), [("true", "clean"), ("false", "infected")])
def test_a_command_answers_by_how_it_ends(command: str, verdict: str) -> None:
    assert scanner.scan(b"x", where=command) == verdict


def test_a_command_is_never_given_to_a_shell(tmp_path: object) -> None:
    check: Callable[[str], str] = lambda where: scanner.scan(b"x", where=where)  # noqa: E731
    assert check("true; false") == "failed"
