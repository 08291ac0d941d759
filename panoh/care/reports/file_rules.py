"""The centre's rules for files: how many, how big, and for which kinds of report they are never taken."""

from functools import cache

from panoh.ground.common.centre import centre, centre_file

from .takedown import Service, fitting, read_services

# Whatever a questionnaire says: a picture of this kind is never uploaded and never shown. Its owner can send its code.
NEVER = frozenset({"images", "sextortion", "abuse_material", "grooming"})


def limit(name: str) -> int:
    """A number of the table ``[files]``: max_bytes, max_count, max_hashes, max_hash_bytes, open_minutes."""
    return int(centre("files", name))


@cache
def _services() -> list[Service]:
    return read_services(centre_file("hotline/takedown.toml"))


def takedown_services(age_band: str, *, verified: bool = False) -> list[Service]:
    """Services that fit this age in the centre's country; with ``verified`` only those somebody of ours has checked."""
    fit = fitting(_services(), country=str(centre("country")), age_band=age_band)
    return [one for one in fit if one.verified_on or not verified]
