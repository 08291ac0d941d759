"""A centre running as real processes against data of its own, thrown away afterwards. Loopback only."""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

import psutil
import psycopg

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = os.environ.get("PANOH_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
PORTS = range(9100, 9200)
SECRET = "a-secret-of-the-measurement"
PARTS = ("front", "worker", "bot")


def has_postgres() -> bool:
    try:
        psycopg.connect(POSTGRES, connect_timeout=2).close()
    except psycopg.Error:
        return False
    return True


def free_ports(number: int) -> list[int]:
    """So many of our ports that nobody listens on."""
    found = []
    for port in random.sample(PORTS, len(PORTS)):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)):
                found.append(port)
        if len(found) == number:
            return found
    raise SystemExit(f"No {number} free ports between {PORTS.start} and {PORTS.stop - 1}.")


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 (our own loopback address)
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def wait_for(url: str, seconds: float, *, of: "subprocess.Popen[bytes] | None" = None) -> float:
    """Seconds until ``url`` answers 200; ends the run when it does not, or when its process has ended."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        if answers(url):
            return time.monotonic() - began
        if of is not None and of.poll() is not None:
            raise SystemExit(f"The process that should serve {url} ended with code {of.returncode}.")
        time.sleep(0.05)
    raise SystemExit(f"{url} did not answer within {seconds:.0f} s.")


@dataclass
class Running:
    """``with Running("sqlite") as centre``: databases, pretend Telegram, Redis where wanted, and ``manage.py up``."""

    database: str
    with_redis: bool = False
    keep: bool = False
    parts: tuple[str, ...] = PARTS
    extra: dict[str, str] = field(default_factory=dict)

    def __enter__(self) -> "Running":
        signal.signal(signal.SIGTERM, lambda *_: sys.exit("Stopped."))  # so that what was started is ended, too
        self.folder = Path(tempfile.mkdtemp(prefix="panoh-bench-"))
        self.port, self.telegram_port, self.redis_port = free_ports(3)
        self.url, self.telegram = f"http://127.0.0.1:{self.port}", f"http://127.0.0.1:{self.telegram_port}"
        self.name = f"panoh_bench_{os.getpid()}"
        self.environment = self._environment()
        self.processes: list[subprocess.Popen[bytes]] = []
        try:
            if self.database == "postgres":
                self._make_databases()
            self._start_emulator()
            if self.with_redis:
                self.redis = self._start_redis()
            self.first_start = self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *raised: type[BaseException] | BaseException | TracebackType | None) -> None:
        if any(raised) and (log := self.folder / "up.log").exists():
            print("The centre said last:\n" + "\n".join(log.read_text().splitlines()[-12:]), flush=True)
        for process in reversed(self.processes):
            end(process)
        if self.database == "postgres":
            self._drop_databases()
        if not self.keep:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _environment(self) -> dict[str, str]:
        rest = {name: value for name, value in os.environ.items() if not name.startswith("PANOH_")}
        url = POSTGRES.rpartition("/")[0] + f"/{self.name}"
        return {
            **rest,
            "PORT": str(self.port),
            "PANOH_ENV": "demo",
            "PANOH_DATA_DIR": str(self.folder),
            "PANOH_DATABASE_URL": url if self.database == "postgres" else "",
            "PANOH_PUBLIC_URL": self.url,
            "PANOH_REDIS_URL": f"redis://127.0.0.1:{self.redis_port}/0" if self.with_redis else "",
            "PANOH_TELEGRAM_TOKEN": "1:measurement",
            "PANOH_TELEGRAM_API": self.telegram,
            "PANOH_TELEGRAM_MODE": "webhook",
            "PANOH_TELEGRAM_SECRET": SECRET,
            **self.extra,
        }

    # --- processes ---

    def start(self) -> float:
        """Start the centre; seconds until its first page answers."""
        began = time.monotonic()
        command = [sys.executable, "manage.py", "up", *self.parts, "--port", str(self.port)]
        self.up = self._run(command, "up.log")
        wait_for(f"{self.url}/health/", 300, of=self.up)  # a loaded machine is slow to begin
        return time.monotonic() - began

    def stop(self) -> None:
        end(self.up)
        self.processes.remove(self.up)

    def children(self) -> dict[str, psutil.Process]:
        """The processes of the centre by the part they play."""
        try:
            found = psutil.Process(self.up.pid).children()
        except psutil.NoSuchProcess:
            return {}
        named = {}
        for child in found:
            try:
                named[" ".join(child.cmdline()).removeprefix("panoh: ").strip()] = child
            except psutil.Error:
                continue
        return {name: child for name, child in named.items() if name in self.parts}

    def _start_emulator(self) -> None:
        command = [sys.executable, "-m", "panoh.doors.telegram.emulator", "--port", str(self.telegram_port)]
        wait_for(f"{self.telegram}/_state", 30, of=self._run(command, "emulator.log"))

    def _start_redis(self) -> "subprocess.Popen[bytes]":
        command = ["redis-server", "--port", str(self.redis_port), "--bind", "127.0.0.1", "--save", "", "--dir"]
        return self._run([*command, str(self.folder)], "redis.log")

    def stop_redis(self) -> None:
        end(self.redis)
        self.processes.remove(self.redis)

    def start_redis_again(self) -> None:
        self.redis = self._start_redis()

    def _run(self, command: list[str], log: str) -> "subprocess.Popen[bytes]":
        with (self.folder / log).open("ab") as file:
            process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=file, stderr=file, start_new_session=True
            )
        self.processes.append(process)
        return process

    # --- databases ---

    def _make_databases(self) -> None:
        self._drop_databases()
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            for name in (self.name, f"{self.name}_keys"):
                server.execute(f'create database "{name}"'.encode())

    def _drop_databases(self) -> None:
        with psycopg.connect(POSTGRES, autocommit=True) as server:
            for name in (self.name, f"{self.name}_keys"):
                server.execute(f'drop database if exists "{name}" with (force)'.encode())

    def set_django_up(self) -> None:
        """Let this process read and write the running centre's databases; once in a process."""
        os.environ.update(self.environment, DJANGO_SETTINGS_MODULE="config.settings")
        import django

        django.setup()

    def let_django_go(self) -> None:
        from django.db import connections

        connections.close_all()


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ask, wait, insist; only a process that we started ourselves."""
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(5)
