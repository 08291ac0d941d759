"""The rules of the house that no linter sees: who stands on whom, who may write, which doors face the street."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(settings.ROOT)
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
CONTRACTS = PYPROJECT["tool"]["importlinter"]["contracts"]


def lint_imports(cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, timeout=120)


def planted(tmp_path: Path, where: str, line: str) -> str:
    """A copy of the house with one forbidden line, and what the linter says about it."""
    import shutil

    for name in ("panoh", "config"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("*.html", "static", "locale"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with open(tmp_path / where, "a") as file:
        file.write(f"\n{line}\n")
    return lint_imports(tmp_path).stdout


@pytest.mark.parametrize(
    ("where", "line", "contract"),
    [
        ("panoh/ground/audit/queries.py", "import panoh.ground.accounts.public", "Ground: what every room"),
        ("panoh/care/talks/queries.py", "import panoh.care.helpline.public", "Care: the helpline"),
        ("panoh/doors/desk/views.py", "import panoh.care.talks.models", "The front door of talks"),
        ("panoh/care/helpline/models/calls.py", "import panoh.care.helpline.policy", "Inside a room"),
        ("panoh/ground/common/codes.py", "import panoh.doors.desk.views", "The wings of the house"),
        ("panoh/doors/desk/views.py", "import panoh.doors.telegram.models", "Doors are strangers"),
    ],
)
def test_a_planted_violation_is_caught_by_its_contract(tmp_path: Path, where: str, line: str, contract: str) -> None:
    said = planted(tmp_path, where, line)
    broken = [row for row in said.splitlines() if row.endswith("BROKEN") or "BROKEN (" in row]
    assert any(row.startswith(contract) for row in broken), said


def test_every_room_has_a_front_door_contract() -> None:
    guarded = {module for c in CONTRACTS if c["type"] == "protected" for module in c["protected_modules"]}
    open_to_all = {"panoh.ground.common", "panoh.ground.ui"}
    assert guarded | open_to_all == set(settings.ROOMS)


def floors() -> dict[str, int]:
    """Each room's height, read from the contracts: wings first, then the floors inside."""
    wings = {"doors": 300, "care": 200, "ground": 100}
    heights: dict[str, int] = {}
    for contract in CONTRACTS:
        container = (contract.get("containers") or [""])[0]
        wing = container.removeprefix("panoh.")
        if contract["type"] != "layers" or wing not in wings or len(contract["containers"]) > 1:
            continue
        for depth, layer in enumerate(reversed(contract["layers"])):
            for room in layer.split("|"):
                heights[f"{container}.{room.strip(' ()')}"] = wings[wing] + depth
    return heights


def test_foreign_keys_point_downstairs() -> None:
    heights = floors()
    for model in apps.get_models():
        room = model.__module__.split(".models")[0]
        if room not in heights:
            continue
        for field in model._meta.get_fields():
            target = getattr(field, "related_model", None)
            if getattr(field, "concrete", False) and target is not None and not isinstance(target, str):
                there = target.__module__.split(".models")[0]
                assert there == room or heights.get(there, -1) < heights[room], f"{model.__name__}.{field.name}"


def python_files(*names: str) -> list[Path]:
    found = [path for name in names for path in (ROOT / "panoh").rglob(f"{name}.py")]
    return found + [path for name in names for path in (ROOT / "panoh").rglob(f"{name}/*.py")]


def test_no_view_speaks_to_the_database() -> None:
    bad = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in python_files("views", "forms")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "save", "delete"}
        and not (isinstance(node.value, ast.Name) and node.value.id in {"cache", "form", "response"})
    ]  # fmt: skip
    assert not bad


def test_the_audit_has_no_foreign_key() -> None:
    fields = [f for m in apps.get_app_config("audit").get_models() for f in m._meta.get_fields()]
    assert not [field.name for field in fields if field.is_relation]


def test_no_signal_carries_the_flow() -> None:
    bad = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "panoh").rglob("*.py")
        if "/tests/" not in str(path)
        and re.search(r"@receiver|(?:post|pre)_save\.connect|\.send\(sender", path.read_text())
    ]
    assert not bad


def test_every_setting_is_documented_and_every_documented_setting_exists() -> None:
    source = "".join((ROOT / "config" / name).read_text() for name in ("settings.py",))
    names = set(re.findall(r'(?:env|env_flag|kept_secret)\("([A-Z_]+)"', source))
    table = (ROOT / "docs/how-to/settings.md").read_text()
    assert {f"PANOH_{name}" for name in names} == set(re.findall(r"^\| `(PANOH_[A-Z_]+)`", table, re.M))


def routes(resolver: URLResolver | None = None, prefix: str = "") -> list[tuple[str, URLPattern, str]]:
    """Every route as (name with namespace, pattern, namespace)."""
    found: list[tuple[str, URLPattern, str]] = []
    for item in (resolver or get_resolver()).url_patterns:
        if isinstance(item, URLResolver):
            inside = f"{prefix}{item.namespace}:" if item.namespace else prefix
            found += routes(item, inside)
        else:
            found.append((f"{prefix}{item.name}", item, prefix))
    return found


def test_only_listed_doors_open_to_the_street() -> None:
    listed = set((ROOT / "tests/open_doors.txt").read_text().split())
    open_now = {name for name, route, _ in routes() if not getattr(route.callback, "login_required", True)}
    assert open_now == listed
