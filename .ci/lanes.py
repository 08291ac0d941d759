"""``make test``: the suite on SQLite, and on PostgreSQL, with Redis and in Chromium where these are found.

It says plainly which lanes run. A missing one is left out here and is a failure where ``CI=true``. Of ten thousand
tests with real servers and browsers one may lose a race against a busy machine: where at most ``SECOND_CHANCES`` fail,
these run once more, alone. What passes only then is named at the end: it is a defect to mend, not a reason to stop all.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import redis

ROOT = Path(__file__).resolve().parent.parent
POSTGRES = os.environ.get("PANOH_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")
REDIS = os.environ.get("PANOH_TEST_REDIS", "redis://127.0.0.1:6379/15")
CHROMIUM = os.environ.get("PANOH_TEST_CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), ""
)
WORKERS = str(min(4, os.cpu_count() or 1))
SECOND_CHANCES = 3


def has_postgres() -> bool:
    try:
        psycopg.connect(POSTGRES, connect_timeout=2).close()
    except psycopg.Error:
        return False
    return True


def has_redis() -> bool:
    try:
        return bool(redis.Redis.from_url(REDIS, socket_connect_timeout=2).ping())
    except redis.RedisError:
        return False


@dataclass
class Lane:
    """One run of pytest. ``lacks`` names the missing server, "" when there is none missing."""

    name: str
    marks: str
    lacks: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    spread: str = "loadfile"  # "load" where one file is the long one: each worker then starts a centre of its own

    def run(self, places: list[str]) -> tuple[str, float]:
        began = time.monotonic()
        memory = ROOT / ".pytest_cache" / self.name
        shutil.rmtree(memory, ignore_errors=True)
        command = [sys.executable, "-m", "pytest", "-q", "-m", self.marks, "-o", f"cache_dir={memory}"]
        environment = {**os.environ, "PANOH_ENV": "test", **self.environment}
        crowd = ["-n", WORKERS, "--dist", self.spread, "--durations=12", "--durations-min=5"]
        code = subprocess.run([*command, *crowd, *places], cwd=ROOT, env=environment).returncode
        outcome = {0: "passed", 5: "nothing to run"}.get(code, "FAILED")
        failed = failures(memory) if code == 1 else []
        if 0 < len(failed) <= SECOND_CHANCES:
            print(f"\n--- {self.name}, once more: {len(failed)} that failed ---", flush=True)
            if not subprocess.run([*command, *failed], cwd=ROOT, env=environment).returncode:
                outcome = "passed the second time, to be mended: " + ", ".join(failed)
        return outcome, time.monotonic() - began


def failures(memory: Path) -> list[str]:
    """The tests that failed last, as pytest remembers them."""
    noted = memory / "v" / "cache" / "lastfailed"
    return sorted(json.loads(noted.read_text())) if noted.exists() else []


def lanes(*, proof: bool) -> list[Lane]:
    lite = {"PANOH_DATABASE_URL": "", "PANOH_REDIS_URL": ""}
    big = {"PANOH_DATABASE_URL": POSTGRES.rpartition("/")[0] + "/panoh", "PANOH_REDIS_URL": ""}
    cached = {"PANOH_REDIS_URL": REDIS}
    browsing = {**lite, "PANOH_TEST_CHROMIUM": CHROMIUM, "PANOH_TEST_POSTGRES": POSTGRES}
    lacks_postgres = "" if has_postgres() else "PostgreSQL"
    lacks_redis = "" if has_redis() else "Redis"
    lacks_chromium = "" if CHROMIUM else "Chromium"
    if proof:
        lacks = " and ".join(filter(None, [lacks_postgres, lacks_redis, lacks_chromium]))
        return [Lane("proof", "proof", lacks, {**browsing, "PANOH_TEST_REDIS": REDIS}, spread="load")]
    return [
        Lane("SQLite", "not proof and not browser and not redis and not postgres", "", lite),
        Lane("PostgreSQL", "not proof and not browser and not redis and not once", lacks_postgres, big),
        Lane(
            "Redis", "redis and not proof and not browser", lacks_redis, {**lite, **cached, "PANOH_TEST_REDIS": REDIS}
        ),
        Lane("Chromium", "browser and not proof", lacks_chromium, browsing),
    ]


def places_of(room: str) -> list[str]:
    found = [str(path.relative_to(ROOT)) for path in ROOT.glob(f"panoh/*/{room}") if path.is_dir()]
    if room and not found:
        sys.exit(f"There is no room called {room}.")
    return found


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--room", default="")
    parser.add_argument("--proof", action="store_true")
    options = parser.parse_args()
    chosen = lanes(proof=options.proof)
    places = places_of(options.room) if options.room else []
    for lane in chosen:
        print(f"  {lane.name:<11} {'not run: no ' + lane.lacks + ' found' if lane.lacks else 'runs'}", flush=True)
    results = []
    for lane in chosen:
        if lane.lacks:
            results.append((lane.name, f"MISSING {lane.lacks}" if os.environ.get("CI") == "true" else "not run", 0.0))
            continue
        print(f"\n--- {lane.name} ---", flush=True)
        results.append((lane.name, *lane.run(places)))
    print()
    for name, outcome, seconds in results:
        print(f"  {name:<11} {outcome} ({seconds:.0f} s)")
    return 1 if any(outcome.startswith(("FAILED", "MISSING")) for _, outcome, _ in results) else 0


if __name__ == "__main__":
    sys.exit(main())
