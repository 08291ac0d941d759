"""How referrals work in this centre: ``centre/referrals.toml``, read once a process."""

from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from panoh.ground.common.centre import centre, centre_file

from .referral_rules import Rules


@cache
def rules() -> Rules:
    return Rules.from_data(centre_file("referrals.toml"), ZoneInfo(centre("time_zone", default="Asia/Tashkent")))


def setting(table: str, name: str) -> Any:
    return centre_file("referrals.toml")[table][name]


def codes(of: str) -> list[str]:
    """What an agency chooses from: ``decline`` or ``outcome``."""
    return list(setting("answers", of))


def centre_name() -> str:
    return str(centre("name", default="Panoh"))
