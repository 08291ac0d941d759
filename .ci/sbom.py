"""Writes ``sbom.json`` from the run-time lock: names, versions, hashes; the same lock gives the same bytes."""

import json
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "run.txt"
SBOM = ROOT / "sbom.json"
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", re.MULTILINE)


def pinned() -> set[tuple[str, str]]:
    return {(name.lower(), version) for name, version in PINNED.findall(LOCK.read_text())}


def is_current() -> bool:
    """True when ``sbom.json`` names exactly what the lock pins."""
    listed = json.loads(SBOM.read_text())["components"] if SBOM.exists() else []
    return {(part["name"].lower(), part["version"]) for part in listed} == pinned()


def write() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "cyclonedx_py", "requirements", str(LOCK), "--pyproject", str(ROOT / "pyproject.toml"),
         "--output-reproducible", "--output-format", "JSON", "--spec-version", "1.6"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    bom = json.loads(made.stdout)
    bom["components"] = [_lean(part) for part in bom["components"]]
    bom["dependencies"] = [{"ref": part["bom-ref"]} for part in bom["components"]]
    bom["metadata"].pop("tools", None)
    bom["metadata"].pop("properties", None)
    bom.pop("$schema", None)
    SBOM.write_text(json.dumps(bom, indent=1, sort_keys=True) + "\n")


def _lean(part: dict[str, object]) -> dict[str, object]:
    """One library: what it is and its hashes, without the addresses of an index and the lines of a file."""
    references: list[dict[str, list[object]]] = part.get("externalReferences", [])  # type: ignore[assignment]
    hashes = [one for reference in references for one in reference.get("hashes", [])]
    kept = {key: part[key] for key in ("name", "version", "type", "purl")}
    return {**kept, "bom-ref": part["purl"], "hashes": hashes}


if __name__ == "__main__":
    write()
