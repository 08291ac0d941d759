"""A report shaped like the Internet Watch Foundation's reporting service takes it: one flat record an address.

Names and limits as its partners publish them (research: helpline §6f, read in Aselo's public integration). The fields
named ``…_ID`` take numbers that IWF gives to each partner; they stand in ``[exchange.iwf]`` of centre.toml.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from .cybertipline import EMAIL, url_faults
from .limits import ExchangeError, missing_faults, text_faults, unknown_faults

URL_REPORT, PUBLIC_REPORT, ONLINE_REPORT, CHILD_REMIT = 1, 5, 1, 2
LIVE, TEST = "L", "T"
LONGEST_URL = 1000
MOST_URLS = 100
LONGEST = {"description": 500, "first_name": 50, "last_name": 50, "email": 100}
RECORD = {*LONGEST, "urls", "anonymous", "live", "country_id", "channel_id"}


def iwf_records(told: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One record for each address. Raises ``ExchangeError``, whose faults name the fields.

    ``told``: urls, live, anonymous, country_id, channel_id; optional description; without ``anonymous`` also
    first_name, last_name, email. An anonymous record carries none of the three.
    """
    if faults := list(_faults(told)):
        raise ExchangeError(faults)
    return [_record(told, url) for url in told["urls"]]


def _record(told: Mapping[str, Any], url: str) -> dict[str, Any]:
    hidden = bool(told["anonymous"])
    return {
        "Reporting_Type": "R",
        "Live_Report": LIVE if told["live"] else TEST,
        "Media_Type_ID": URL_REPORT,
        "Report_Channel_ID": told["channel_id"],
        "Origin_ID": PUBLIC_REPORT,
        "Submission_Type_ID": ONLINE_REPORT,
        "Reported_Category_ID": CHILD_REMIT,
        "Reported_URL": url,
        "Reporter_Anonymous": "Y" if hidden else "N",
        "Reporter_First_Name": None if hidden else told["first_name"],
        "Reporter_Last_Name": None if hidden else told["last_name"],
        "Reporter_Email_ID": None if hidden else told["email"],
        "Reporter_Country_ID": told["country_id"],
        "Reporter_Description": told.get("description") or None,
    }


def _faults(told: Mapping[str, Any]) -> Iterator[str]:
    yield from unknown_faults(told, RECORD)
    yield from text_faults(told, LONGEST)
    if not told.get("urls"):
        yield "urls: is needed"
    yield from url_faults(told.get("urls") or (), "urls", LONGEST_URL, MOST_URLS)
    for name in ("anonymous", "live"):
        if not isinstance(told.get(name), bool):
            yield f"{name}: yes or no"
    for name in ("country_id", "channel_id"):
        if not isinstance(told.get(name), int) or isinstance(told.get(name), bool) or told[name] < 1:
            yield f"{name}: a number above 0"
    if told.get("anonymous") is False:
        yield from missing_faults(told, ["first_name", "last_name", "email"])
        if told.get("email") and not EMAIL.fullmatch(str(told["email"])):
            yield "email: not an address"
