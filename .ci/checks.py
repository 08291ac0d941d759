"""``make check``: what can be found without running the centre. All checks run; each that fails shows why."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import sbom

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "manage.py"]
CODE = ["panoh", "config", "conftest.py", "manage.py", "tests", "bench", ".ci"]

CHECKS = {
    "types": [str(BIN / "mypy"), *(path for path in CODE if (ROOT / path).exists() and path != ".ci")],
    "lint": [str(BIN / "ruff"), "check", "."],
    "format": [str(BIN / "ruff"), "format", "--check", "."],
    "floors of the house": [str(BIN / "lint-imports")],
    "templates": [str(BIN / "djlint"), "panoh", "--lint", "--quiet"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "fresh database": [*MANAGE, "fresh", "check"],
    "catalogues": [*MANAGE, "catalogues", "check"],
    "words": [*MANAGE, "words", "check"],
    "documents": [sys.executable, "-m", "pytest", "-q", "tests/test_house.py", "-k", "setting or document"],
}


def run(command: list[str]) -> tuple[bool, str, float]:
    began = time.monotonic()
    environment = {**os.environ, "PANOH_ENV": "test"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    return done.returncode == 0, done.stdout + done.stderr, time.monotonic() - began


def locks() -> list[str]:
    """A lock holds names, versions and hashes; an address in it would tie everyone to one index."""
    said = [
        f"{path.name} holds an address" for path in (ROOT / "requirements").glob("*.txt") if "://" in path.read_text()
    ]
    if not sbom.is_current():
        said.append("sbom.json does not match requirements/run.txt: run make lock")
    return said


def main() -> int:
    failed = locks()
    print(f"  {'FAIL' if failed else 'ok  '}  locks", *failed, sep="\n        " if failed else "")
    with ThreadPoolExecutor(2) as pool:
        waiting = {name: pool.submit(run, command) for name, command in CHECKS.items()}
        for name, result in waiting.items():
            is_good, said, seconds = result.result()
            print(f"  {'ok  ' if is_good else 'FAIL'}  {name} ({seconds:.0f} s)", flush=True)
            if not is_good:
                failed.append(name)
                print(said.rstrip())
    print(f"{len(failed)} of {len(CHECKS) + 1} checks failed." if failed else "All checks passed.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
