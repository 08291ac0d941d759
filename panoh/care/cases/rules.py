"""The rules of this centre for cases, as they stand under ``centre/``; read once a process."""

from functools import cache

from django.conf import settings
from django.utils.translation import get_language

from panoh.ground.common.centre import centre, centre_file
from panoh.ground.languages.public import to_script
from panoh.ground.places.public import region_name

from .models import CaseStatus
from .scoring import Names, Tool, newest
from .workflow import Workflow

RISK_TOOL = "child_risk"


def number(name: str, *, default: int) -> int:
    """A whole number of ``[cases]`` in ``centre.toml``."""
    return int(centre("cases", name, default=default))


@cache
def workflow() -> Workflow:
    return Workflow.from_data(centre_file("case_workflow.toml"), frozenset(CaseStatus.values))


@cache
def tools() -> dict[tuple[str, str], Tool]:
    """Every version of every tool, by code and version."""
    folder = settings.CENTRE_DIR / "assessment"
    read = [Tool.from_data(centre_file(f"assessment/{path.name}")) for path in sorted(folder.glob("*.toml"))]
    return {(tool.code, tool.version): tool for tool in read}


def tool(code: str = RISK_TOOL, version: str = "") -> Tool:
    """One version of a tool, the newest when none is named. Raises ``KeyError``."""
    return tools()[code, version] if version else newest(tools().values())[code]


def said(names: Names, language: str) -> str:
    """The name in the reader's language; Uzbek Cyrillic is derived."""
    if language == "uz-cyrl" and names.get("uz"):
        return to_script(names["uz"], language)
    return names.get(language) or names.get("en") or next(iter(names.values()), "")


def codes(listing: str) -> list[str]:
    """The codes of a list of ``centre/taxonomy/``."""
    return [row["code"] for row in centre_file(f"taxonomy/{listing}.toml")["item"]]


def name(listing: str, code: str, language: str) -> str:
    """The name of a code; one that the list does not have is shown as it is."""
    rows = {row["code"]: row for row in centre_file(f"taxonomy/{listing}.toml")["item"]}
    return said(rows[code], language) if code in rows else code.replace("_", " ")


def region(code: str, language: str) -> str:
    return region_name(code, language)


def reader() -> str:
    """The language of whoever reads the page."""
    code = get_language() or settings.LANGUAGE_CODE
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
