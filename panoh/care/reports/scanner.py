"""Asks a scanner of the house whether a file is known to be harmful. Whatever is not a clear answer is "failed".

``unix:/run/clamav/clamd.ctl`` and ``tcp://host:3310`` speak INSTREAM with clamd (clamd(8), "COMMANDS"); anything else
is a command that reads the file from its standard input and ends with 0 (clean) or 1 (infected), as clamdscan does.
"""

import shlex
import socket
import subprocess
from urllib.parse import urlsplit

CLEAN, INFECTED, FAILED = "clean", "infected", "failed"
SECONDS = 20
PIECE = 65_536


def scan(content: bytes, *, where: str) -> str:
    """``clean``, ``infected`` or ``failed``; never raises."""
    try:
        if where.startswith(("unix:", "tcp://")):
            return _verdict_of(_ask_clamd(content, where))
        return _run(content, shlex.split(where))
    except (OSError, ValueError, subprocess.SubprocessError):
        return FAILED


def _run(content: bytes, command: list[str]) -> str:
    done = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    return {0: CLEAN, 1: INFECTED}.get(done.returncode, FAILED)


def _ask_clamd(content: bytes, where: str) -> bytes:
    with _connected(where) as clamd:
        clamd.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            clamd.sendall(len(piece).to_bytes(4, "big") + piece)
        clamd.sendall(bytes(4))
        said = b""
        while not said.endswith(b"\0") and (more := clamd.recv(4096)):
            said += more
        return said


def _connected(where: str) -> socket.socket:
    if where.startswith("unix:"):
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(SECONDS)
        try:
            line.connect(where.removeprefix("unix:"))
        except OSError:
            line.close()
            raise
        return line
    parts = urlsplit(where)
    return socket.create_connection((parts.hostname or "", parts.port or 3310), timeout=SECONDS)


def _verdict_of(said: bytes) -> str:
    answer = said.rstrip(b"\0\n")
    if answer == b"stream: OK":
        return CLEAN
    return INFECTED if answer.startswith(b"stream: ") and answer.endswith(b" FOUND") else FAILED
