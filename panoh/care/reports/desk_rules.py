"""The desk's rules for reports as this centre wrote them under ``centre/``; read once a process."""

from collections.abc import Mapping
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import get_language

from panoh.ground.common.centre import centre, centre_file
from panoh.ground.languages.public import to_script

from .clocks_table import ClocksTable
from .directory import Directory, Template, templates_from
from .scheme import Scheme, name_in


@cache
def clocks() -> ClocksTable:
    """``centre/clocks.toml``; raises ``ClocksError`` where it contradicts itself."""
    return ClocksTable.from_data(centre_file("clocks.toml"), ZoneInfo(centre("time_zone", default="Asia/Tashkent")))


@cache
def scheme(version: str = "") -> Scheme:
    """The scheme of a version, or the one in force. Raises ``SchemeError``."""
    return Scheme.from_data(centre_file(f"hotline/scheme-{version or hotline('scheme')}.toml"))


@cache
def contacts() -> Directory:
    return Directory.from_data(centre_file("hotline/contacts.toml"))


@cache
def templates() -> Mapping[str, Template]:
    return {one.code: one for one in templates_from(centre_file("hotline/notices.toml"))}


def hotline(name: str) -> Any:
    """A value of ``centre/hotline/hotline.toml``."""
    return centre_file("hotline/hotline.toml")[name]


def is_hard(kind: str) -> bool:
    """Minutes on reports of this kind are counted."""
    return kind in hotline("hard_kinds")


def number(*path: str, default: int) -> int:
    """A whole number of ``centre.toml``."""
    return int(centre(*path, default=default))


def reader() -> str:
    """The language of whoever reads the page."""
    code = get_language() or settings.LANGUAGE_CODE
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def named(names: Mapping[str, str], language: str = "") -> str:
    """A name out of ``centre/`` for whoever reads the page."""
    return name_in(names, language or reader(), to_script)
