"""Open streams against a real server and a process that writes: on SQLite, and on PostgreSQL where there is one."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from uuid import uuid4

import psutil
import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[4]
POSTGRES = os.environ.get("PANOH_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")

PEN = "from panoh.doors.live.tests.pen import main; main()"


def eventually(is_so: Callable[[], bool], seconds: float = 10.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.02)
    return is_so()


class Centre:
    """A front process under its supervisor, and a pen that writes from outside."""

    def __init__(self, folder: Path, database: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PANOH_")}
        environment |= {"PANOH_ENV": "demo", "PANOH_DATA_DIR": str(folder), "PORT": str(self.port)}
        environment |= {"PANOH_DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "config.settings"}
        self.is_postgres = database.startswith("postgres")
        command = [sys.executable, "manage.py", "up", "front"]
        self.up = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", PEN]
        self.pen = subprocess.Popen(  # noqa: S603
            command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

        self.wait()

    def wait(self) -> None:
        if not eventually(lambda: self.up.poll() is not None or self.answers(), 90) or self.up.poll() is not None:
            self.stop()
            raise AssertionError("the centre did not start")

    def answers(self) -> bool:
        try:
            line = HTTPConnection("127.0.0.1", self.port, timeout=30)
            line.request("GET", "/health/")
            return line.getresponse().status == 200
        except OSError:
            return False

    def write(self, verb: str, **given: Any) -> Any:
        assert self.pen.stdin
        assert self.pen.stdout
        self.pen.stdin.write(json.dumps([verb, given]) + "\n")
        self.pen.stdin.flush()
        return json.loads(self.pen.stdout.readline())

    def front(self) -> psutil.Process:
        assert eventually(lambda: len(psutil.Process(self.up.pid).children()) == 1)
        return psutil.Process(self.up.pid).children()[0]

    def stop(self) -> None:
        for process in (self.pen, self.up):
            process.terminate()
            process.wait(timeout=10)


class Page(threading.Thread):
    """A page that keeps its line open as the script does: it comes back with the last number it has."""

    def __init__(self, centre: Centre, path: str, cookie: str) -> None:
        super().__init__(daemon=True)
        self.centre, self.path, self.cookie = centre, path, cookie
        self.lines: list[dict[str, Any]] = []
        self.events: list[str] = []
        self.last = 0
        self.tries = 0
        self.is_open = threading.Event()
        self.is_done = False
        self.start()

    def texts(self) -> list[str]:
        return [line["text"] for line in self.lines if line["direction"] == "out"]

    def run(self) -> None:
        while not self.is_done:
            self.tries += 1
            try:
                self._read(request(self.centre, self.path, self.cookie, self.last))
            except (OSError, HTTPException):
                time.sleep(0.05)

    def _read(self, answer: Any) -> None:
        fields: dict[str, str] = {}
        while (row := answer.readline()) and not self.is_done:
            if row == b"\n":
                self._take(fields)
                fields = {}
            name, _, value = row.decode().rstrip("\n").partition(": ")
            fields[name] = value

    def _take(self, fields: dict[str, str]) -> None:
        self.is_open.set()
        if "event" in fields:
            self.events.append(fields["event"])
        if fields.get("event") == "line":
            self.lines.append(json.loads(fields["data"]))
            self.last = int(fields["id"])
        if fields.get("event") == "end":
            self.is_done = True


def request(centre: Centre, path: str, cookie: str, last: int = 0, *, timeout: float = 30) -> Any:
    line = HTTPConnection("127.0.0.1", centre.port, timeout=timeout)
    line.request("GET", path, headers={"Cookie": cookie, "Last-Event-ID": str(last)})
    return line.getresponse()


def person_page(centre: Centre, talk: dict[str, str]) -> Page:
    page = Page(centre, "/live/talk/", f"talk={talk['visit']}")
    assert page.is_open.wait(10)
    return page


def staff_page(centre: Centre, talk: dict[str, str]) -> Page:
    page = Page(centre, f"/live/desk/?talk={talk['reference']}&board=1", f"desk={talk['session']}")
    assert page.is_open.wait(10)
    return page


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def centre(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    folder = tmp_path_factory.mktemp("centre")
    with empty_database(request.param, folder) as database:
        made = Centre(folder, database)
        yield made
        made.stop()


@contextmanager
def empty_database(kind: str, folder: Path) -> Iterator[str]:
    """The URL of a database of its own, gone afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/panoh.sqlite3"
        return
    names = (name := f"panoh_live_{uuid4().hex[:8]}", f"{name}_keys")
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        for database in names:
            server.execute(f"create database {database}")
        try:
            yield POSTGRES.rpartition("/")[0] + "/" + name
        finally:
            for database in names:
                server.execute(f"drop database {database} with (force)")


@pytest.fixture
def talk(centre: Centre) -> dict[str, str]:
    begun: dict[str, str] = centre.write("begin")
    return begun


def test_words_written_by_another_process_are_on_both_pages_within_a_second(
    centre: Centre, talk: dict[str, str]
) -> None:
    person, staff = person_page(centre, talk), staff_page(centre, talk)
    centre.write("say", talk=talk["talk"], texts=["salom"])
    assert eventually(lambda: person.texts() == ["salom"], 1)
    assert eventually(lambda: staff.texts() == ["salom"], 1)


def test_nothing_is_lost_or_doubled_while_the_front_is_killed(centre: Centre, talk: dict[str, str]) -> None:
    texts = [f"{number}" for number in range(300)]
    pages = [person_page(centre, talk), person_page(centre, talk), staff_page(centre, talk)]
    writing = threading.Thread(
        target=centre.write, args=("say",), kwargs={"talk": talk["talk"], "texts": texts, "pause": 0.01}
    )
    writing.start()
    for _ in range(2):
        time.sleep(1)
        os.kill(centre.front().pid, signal.SIGKILL)
    writing.join(30)
    assert eventually(lambda: all(len(page.texts()) >= len(texts) for page in pages), 20)
    assert [page.texts() for page in pages] == [texts] * 3
    assert all(page.tries > 1 for page in pages)


def test_a_page_that_comes_late_gets_what_it_missed_once(centre: Centre, talk: dict[str, str]) -> None:
    texts = [f"{number}" for number in range(40)]
    centre.write("say", talk=talk["talk"], texts=texts)
    late = person_page(centre, talk)
    assert eventually(lambda: len(late.texts()) == 40)
    centre.write("say", talk=talk["talk"], texts=["and one more"])
    assert eventually(lambda: late.texts() == [*texts, "and one more"])


def test_a_note_between_staff_never_reaches_the_person(centre: Centre, talk: dict[str, str]) -> None:
    person, staff = person_page(centre, talk), staff_page(centre, talk)
    centre.write("say", talk=talk["talk"], texts=["a whisper"], audience="staff")
    centre.write("say", talk=talk["talk"], texts=["to all"])
    assert eventually(lambda: staff.texts() == ["a whisper", "to all"])
    assert eventually(lambda: person.texts() == ["to all"])
    assert not {"author_code", "delivery_reason", "audience", "meta"} & person.lines[0].keys()


def test_who_loses_the_talk_loses_the_stream_and_is_told(centre: Centre, talk: dict[str, str]) -> None:
    staff = staff_page(centre, talk)
    centre.write("take_away", talk=talk["talk"])
    centre.write("say", talk=talk["talk"], texts=["for the next one"])
    assert eventually(lambda: staff.is_done, 5)
    assert staff.events[-1] == "end"
    assert staff.texts() == []


def test_a_stranger_cannot_tell_that_the_talk_exists(centre: Centre, talk: dict[str, str]) -> None:
    other = centre.write("begin")
    hidden = request(centre, f"/live/desk/?talk={talk['reference']}", f"desk={other['session']}")
    missing = request(centre, "/live/desk/?talk=T-NOTHERE", f"desk={other['session']}")
    nobody = request(centre, f"/live/desk/?talk={talk['reference']}", "")
    person = request(centre, "/live/talk/", "talk=forged")
    assert [answer.status for answer in (hidden, missing, nobody, person)] == [404] * 4
    assert hidden.read() == missing.read()


def test_another_site_cannot_open_the_line(centre: Centre, talk: dict[str, str]) -> None:
    line = HTTPConnection("127.0.0.1", centre.port, timeout=5)
    line.request("GET", "/live/talk/", headers={"Cookie": f"talk={talk['visit']}", "Sec-Fetch-Site": "cross-site"})
    assert line.getresponse().status == 403


def test_a_page_that_stops_reading_is_let_go_and_resumes_without_a_gap(centre: Centre, talk: dict[str, str]) -> None:
    texts = [f"{number} " + "x" * 6000 for number in range(900)]
    with socket.socket() as asleep:
        asleep.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        asleep.connect(("127.0.0.1", centre.port))
        asleep.sendall(f"GET /live/talk/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: talk={talk['visit']}\r\n\r\n".encode())
        assert asleep.recv(100).startswith(b"HTTP/1.1 200")
        centre.write("say", talk=talk["talk"], texts=texts)
        time.sleep(3)
        asleep.settimeout(5)
        got = b""
        while part := asleep.recv(65536):
            got += part
    assert 0 < got.count(b"event: line") < 900
    awake = person_page(centre, talk)
    assert eventually(lambda: awake.texts() == texts, 20)


@pytest.mark.postgres
def test_a_listener_whose_connection_is_cut_hears_again(centre: Centre, talk: dict[str, str]) -> None:
    if not centre.is_postgres:
        pytest.skip("SQLite has no connection to cut")
    page = person_page(centre, talk)
    assert centre.write("cut_listeners") >= 1
    centre.write("say", talk=talk["talk"], texts=["during"])
    assert eventually(lambda: page.texts() == ["during"], 4)
    time.sleep(1)
    centre.write("say", talk=talk["talk"], texts=["after"])
    assert eventually(lambda: page.texts() == ["during", "after"], 1)


def test_open_streams_do_not_hold_up_the_end(centre: Centre, talk: dict[str, str]) -> None:
    pages = [person_page(centre, talk) for _ in range(5)]
    front = centre.front()
    began = time.monotonic()
    front.terminate()
    psutil.wait_procs([front], timeout=5)
    assert time.monotonic() - began < 2
    centre.write("say", talk=talk["talk"], texts=["still here"])
    assert eventually(lambda: all(page.texts() == ["still here"] for page in pages))
