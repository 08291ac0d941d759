"""A report shaped like NCMEC's CyberTipline takes it: the <report> document of its web service.

Elements stand in the order of its schema (a wrong order is refused with 4100). Order and limits are those of
report.cybertip.org/ispws/documentation as public clients of it carry them (research: helpline §6f). Nobody of NCMEC has
checked this; a centre that may report there tries it against their test system first.

The words of the wire are older than today's terms. They stand here and in the document, and nowhere on a screen.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from xml.etree import ElementTree as Xml

from .limits import ExchangeError, missing_faults, text_faults, unknown_faults

# Our code, and what the wire calls it.
INCIDENT_TYPES = {
    "csam": "Child Pornography (possession, manufacture, and distribution)",
    "trafficking": "Child Sex Trafficking",
    "travel": "Child Sex Tourism",
    "abuse": "Child Sexual Molestation",
    "misleading_domain": "Misleading Domain Name",
    "misleading_words": "Misleading Words or Digital Images on the Internet",
    "enticement": "Online Enticement of Children for Sexual Acts",
    "unsolicited": "Unsolicited Obscene Material Sent to a Child",
}
ANNOTATIONS = (
    "sextortion",
    "csamSolicitation",
    "minorToMinorInteraction",
    "spam",
    "sadisticOnlineExploitation",
    "informational",
)
# Kinds of ours that are of this shape at all: incident type and annotations.
KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "images": ("csam", ()),
    "abuse_material": ("csam", ()),
    "sextortion": ("enticement", ("sextortion",)),
    "grooming": ("enticement", ()),
}
LONGEST = {"platform": 256, "escalate": 3000, "incident_at_about": 3000, "page_info": 3000, "additional": 3000}
LONGEST_PERSON = {"first_name": 64, "last_name": 64, "email": 255}
LONGEST_LAW = {"agency": 255, "case_number": 100}
LONGEST_REPORTED = {"esp_service": 100, "screen_name": 256, "additional": 3000}
LONGEST_URL = 2083
MOST_URLS = 100
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:\S+|\S+\.\S+", re.IGNORECASE)
TIP = {
    *LONGEST,
    "incident_type",
    "annotations",
    "incident_at",
    "urls",
    "reporter",
    "law_enforcement",
    "reported",
    "child",
}


def cybertipline_xml(tip: Mapping[str, Any]) -> bytes:
    """The document in UTF-8. Raises ``ExchangeError``, whose faults name the fields.

    ``tip``: incident_type (our code), incident_at (ISO 8601 with its zone), reporter {first_name, last_name, email};
    optional annotations, platform, escalate, incident_at_about, urls, page_info, law_enforcement {agency, case_number},
    reported {esp_service, screen_name, profile_urls, additional}, child {age}, additional.
    """
    if faults := list(_faults(tip)):
        raise ExchangeError(faults)
    root = Xml.Element("report")
    _summary(Xml.SubElement(root, "incidentSummary"), tip)
    _pages(root, tip)
    _law_enforcement(root, tip.get("law_enforcement") or {})
    person = Xml.SubElement(Xml.SubElement(root, "reporter"), "reportingPerson")
    _add(person, ("firstName", "first_name"), ("lastName", "last_name"), ("email", "email"), row=tip["reporter"])
    _reported(root, tip.get("reported") or {})
    _child(root, tip.get("child") or {})
    _add(root, ("additionalInfo", "additional"), row=tip)
    written: bytes = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _summary(summary: Xml.Element, tip: Mapping[str, Any]) -> None:
    Xml.SubElement(summary, "incidentType").text = INCIDENT_TYPES[tip["incident_type"]]
    _add(summary, ("platform", "platform"), ("escalateToHighPriority", "escalate"), row=tip)
    if tip.get("annotations"):
        said = Xml.SubElement(summary, "reportAnnotations")
        for name in ANNOTATIONS:
            if name in tip["annotations"]:
                Xml.SubElement(said, name)
    _add(summary, ("incidentDateTime", "incident_at"), ("incidentDateTimeDescription", "incident_at_about"), row=tip)


def _pages(root: Xml.Element, tip: Mapping[str, Any]) -> None:
    """One ``internetDetails`` holds one kind of place; all addresses stand in it."""
    if not tip.get("urls"):
        return
    page = Xml.SubElement(Xml.SubElement(root, "internetDetails"), "webPageIncident")
    for url in tip["urls"]:
        Xml.SubElement(page, "url").text = url
    _add(page, ("additionalInfo", "page_info"), row=tip)


def _law_enforcement(root: Xml.Element, row: Mapping[str, Any]) -> None:
    if row:
        _add(Xml.SubElement(root, "lawEnforcement"), ("agencyName", "agency"), ("caseNumber", "case_number"), row=row)


def _reported(root: Xml.Element, row: Mapping[str, Any]) -> None:
    if not row:
        return
    reported = Xml.SubElement(root, "personOrUserReported")
    _add(reported, ("espService", "esp_service"), ("screenName", "screen_name"), row=row)
    for url in row.get("profile_urls") or ():
        Xml.SubElement(reported, "profileUrl").text = url
    _add(reported, ("additionalInfo", "additional"), row=row)


def _child(root: Xml.Element, row: Mapping[str, Any]) -> None:
    """Never a name: who must know it asks us by the reference."""
    if row.get("age") is not None:
        person = Xml.SubElement(Xml.SubElement(root, "victim"), "victimPerson")
        Xml.SubElement(person, "age").text = str(row["age"])


def _add(parent: Xml.Element, *fields: tuple[str, str], row: Mapping[str, Any]) -> None:
    for wire, name in fields:
        if row.get(name):
            Xml.SubElement(parent, wire).text = row[name]


# --- what can be wrong ------------------------------------------------------------------------------------------------


def _faults(tip: Mapping[str, Any]) -> Iterator[str]:
    yield from unknown_faults(tip, TIP)
    if tip.get("incident_type") not in INCIDENT_TYPES:
        yield "incident_type: not one of " + ", ".join(INCIDENT_TYPES)
    yield from (f"annotations: {name!r} is none" for name in tip.get("annotations") or () if name not in ANNOTATIONS)
    yield from _moment_faults(tip.get("incident_at"))
    yield from text_faults(tip, LONGEST)
    yield from url_faults(tip.get("urls") or (), "urls", LONGEST_URL, MOST_URLS)
    yield from _reporter_faults(tip.get("reporter") or {})
    if law := tip.get("law_enforcement"):
        yield from unknown_faults(law, LONGEST_LAW, inside="law_enforcement.")
        yield from text_faults(law, LONGEST_LAW, inside="law_enforcement.")
        yield from missing_faults(law, ["agency"], inside="law_enforcement.")
    if reported := tip.get("reported"):
        yield from unknown_faults(reported, {*LONGEST_REPORTED, "profile_urls"}, inside="reported.")
        yield from text_faults(reported, LONGEST_REPORTED, inside="reported.")
        yield from url_faults(reported.get("profile_urls") or (), "reported.profile_urls", LONGEST_URL, MOST_URLS)
    if child := tip.get("child"):
        yield from unknown_faults(child, ["age"], inside="child.")
        if child.get("age") is not None and child["age"] not in range(151):
            yield "child.age: 0 to 150"


def _moment_faults(moment: Any) -> Iterator[str]:
    try:
        if datetime.fromisoformat(moment).tzinfo is None:
            yield "incident_at: a moment without its time zone"
    except (TypeError, ValueError):
        yield "incident_at: not a moment in ISO 8601"


def _reporter_faults(row: Mapping[str, Any]) -> Iterator[str]:
    yield from unknown_faults(row, LONGEST_PERSON, inside="reporter.")
    yield from text_faults(row, LONGEST_PERSON, inside="reporter.")
    yield from missing_faults(row, LONGEST_PERSON, inside="reporter.")
    email = row.get("email")
    if isinstance(email, str) and email and not EMAIL.fullmatch(email):
        yield "reporter.email: not an address"


def url_faults(urls: Any, name: str, longest: int, most: int) -> Iterator[str]:
    """Faults of a list of addresses."""
    if len(urls) > most:
        yield f"{name}: {len(urls)} addresses, at most {most}"
    for place, url in enumerate(urls, start=1):
        yield from text_faults({f"{name}[{place}]": url}, {f"{name}[{place}]": longest})
        if isinstance(url, str) and not ADDRESS.fullmatch(url):
            yield f"{name}[{place}]: not an address"
