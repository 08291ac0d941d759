"""The shapes of other hotlines: the order of elements, the limits of fields, and faults that name them."""

from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from panoh.care.reports.exchange import cybertipline, iwf
from panoh.care.reports.exchange.limits import ExchangeError, shortened

REPORTER = {"first_name": "Hotline", "last_name": "Panoh", "email": "hotline@example.org"}


def tip(**changed: Any) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "incident_type": "enticement",
        "annotations": ["spam", "sextortion"],
        "platform": "Telegram",
        "escalate": "A deadline this evening.",
        "incident_at": "2027-02-03T04:05:06+00:00",
        "incident_at_about": "The person said: this week.",
        "urls": ["https://example.org/a?b=1&c=<2>", "t.me/example"],
        "page_info": "A channel.",
        "law_enforcement": {"agency": "Cyber unit", "case_number": "12"},
        "reporter": REPORTER,
        "reported": {
            "esp_service": "Telegram",
            "screen_name": "someone",
            "profile_urls": ["https://t.me/x"],
            "additional": "…",
        },
        "child": {"age": 14},
        "additional": "Our reference R-ABCD.",
    }
    return whole | changed


def faults(**changed: Any) -> list[str]:
    with pytest.raises(ExchangeError) as refused:
        cybertipline.cybertipline_xml(tip(**changed))
    return refused.value.faults


def names(parent: Xml.Element) -> list[str]:
    return [child.tag for child in parent]


def test_elements_stand_in_the_order_of_the_schema() -> None:
    root = Xml.fromstring(cybertipline.cybertipline_xml(tip()))  # noqa: S314 (our own)
    assert names(root) == [
        "incidentSummary", "internetDetails", "lawEnforcement", "reporter", "personOrUserReported", "victim",
        "additionalInfo",
    ]  # fmt: skip
    assert names(root[0]) == [
        "incidentType", "platform", "escalateToHighPriority", "reportAnnotations", "incidentDateTime",
        "incidentDateTimeDescription",
    ]  # fmt: skip
    assert names(root[0][3]) == ["sextortion", "spam"]
    assert names(root[1][0]) == ["url", "url", "additionalInfo"]
    assert names(root[4]) == ["espService", "screenName", "profileUrl", "additionalInfo"]


def test_what_is_not_known_is_left_out() -> None:
    least = {"incident_type": "csam", "incident_at": "2027-02-03T04:05:06Z", "reporter": REPORTER}
    root = Xml.fromstring(cybertipline.cybertipline_xml(least))  # noqa: S314 (our own)
    assert names(root) == ["incidentSummary", "reporter"]
    assert names(root[0]) == ["incidentType", "incidentDateTime"]


def test_an_address_with_signs_of_xml_arrives_as_it_was() -> None:
    root = Xml.fromstring(cybertipline.cybertipline_xml(tip()))  # noqa: S314 (our own)
    assert root.findtext("internetDetails/webPageIncident/url") == "https://example.org/a?b=1&c=<2>"


@pytest.mark.parametrize("name", cybertipline.LONGEST)
def test_a_field_is_full_at_its_limit_and_refused_one_beyond(name: str) -> None:
    most = cybertipline.LONGEST[name]
    assert cybertipline.cybertipline_xml(tip(**{name: "z" * most}))
    assert faults(**{name: "z" * (most + 1)}) == [f"{name}: {most + 1} characters, at most {most}"]


def test_an_address_is_full_at_its_limit_and_refused_one_beyond() -> None:
    longest = "https://example.org/".ljust(cybertipline.LONGEST_URL, "z")
    assert cybertipline.cybertipline_xml(tip(urls=[longest]))
    assert faults(urls=["https://example.org", longest + "z"]) == ["urls[2]: 2084 characters, at most 2083"]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"incident_type": "other"}, "incident_type: not one of"),
        ({"annotations": ["loud"]}, "annotations: 'loud'"),
        ({"incident_at": "yesterday"}, "incident_at: not a moment"),
        ({"incident_at": None}, "incident_at: not a moment"),
        ({"incident_at": "2027-02-03T04:05:06"}, "incident_at: a moment without its time zone"),
        ({"reporter": {}}, "reporter.first_name: is needed"),
        ({"reporter": REPORTER | {"email": "nobody"}}, "reporter.email: not an address"),
        ({"urls": ["two words"]}, "urls[1]: not an address"),
        ({"urls": ["https://example.org"] * 101}, "urls: 101 addresses, at most 100"),
        ({"law_enforcement": {"case_number": "1"}}, "law_enforcement.agency: is needed"),
        ({"reported": {"name": "Anvar"}}, "reported.name: not a field"),
        ({"child": {"age": 151}}, "child.age: 0 to 150"),
        ({"child": {"name": "Laylo"}}, "child.name: not a field"),
        ({"additional": "\x00"}, "additional: holds a sign"),
        ({"additional": 7}, "additional: not a text"),
        ({"secret": "x"}, "secret: not a field"),
    ],
)
def test_a_fault_names_its_field(changed: dict[str, Any], fault: str) -> None:
    assert any(said.startswith(fault) for said in faults(**changed)), faults(**changed)


def test_every_kind_of_this_shape_has_words_on_the_wire() -> None:
    for incident, annotations in cybertipline.KINDS.values():
        assert incident in cybertipline.INCIDENT_TYPES
        assert set(annotations) <= set(cybertipline.ANNOTATIONS)


# --- the other shape --------------------------------------------------------------------------------------------------


def told(**changed: Any) -> dict[str, Any]:
    whole = {"urls": ["https://example.org/a"], "anonymous": True, "live": False, "country_id": 231, "channel_id": 51}
    return whole | changed


def iwf_faults(**changed: Any) -> list[str]:
    with pytest.raises(ExchangeError) as refused:
        iwf.iwf_records(told(**changed))
    return refused.value.faults


def test_each_address_is_a_record_and_an_anonymous_one_names_nobody() -> None:
    records = iwf.iwf_records(
        told(urls=["https://example.org/a", "https://example.org/b"], description="found", **OPEN)
    )
    assert [record["Reported_URL"][-1] for record in records] == ["a", "b"]
    assert {record["Reporter_First_Name"] for record in records} == {None}
    assert records[0]["Live_Report"] == "T"
    assert records[0]["Reported_Category_ID"] == 2


OPEN = {"first_name": "Hotline", "last_name": "Panoh", "email": "hotline@example.org"}


def test_who_reports_by_name_is_named() -> None:
    record = iwf.iwf_records(told(anonymous=False, live=True, **OPEN))[0]
    assert (record["Reporter_Anonymous"], record["Reporter_Email_ID"]) == ("N", "hotline@example.org")
    assert record["Live_Report"] == "L"


@pytest.mark.parametrize("name", iwf.LONGEST)
def test_a_field_of_a_record_is_full_at_its_limit(name: str) -> None:
    most = iwf.LONGEST[name]
    full = "z" * (most - 6) + "@a.org" if name == "email" else "z" * most
    assert iwf.iwf_records(told(**{name: full}))
    assert iwf_faults(**{name: "z" + full}) == [f"{name}: {most + 1} characters, at most {most}"]


def test_an_address_of_a_record_has_at_most_1000_characters() -> None:
    longest = "https://example.org/".ljust(1000, "z")
    assert iwf.iwf_records(told(urls=[longest]))
    assert iwf_faults(urls=[longest + "z"]) == ["urls[1]: 1001 characters, at most 1000"]


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"urls": []}, "urls: is needed"),
        ({"live": "L"}, "live: yes or no"),
        ({"country_id": 0}, "country_id: a number"),
        ({"channel_id": True}, "channel_id: a number"),
        ({"anonymous": False}, "email: is needed"),
        ({"anonymous": False, **OPEN, "email": "x"}, "email: not an address"),
        ({"phone": "1"}, "phone: not a field"),
    ],
)
def test_a_fault_of_a_record_names_its_field(changed: dict[str, Any], fault: str) -> None:
    assert any(said.startswith(fault) for said in iwf_faults(**changed))


def test_what_is_cut_says_so() -> None:
    assert shortened("abcdef", 6) == "abcdef"
    assert shortened("abcdefg", 6) == "abcde…"
    assert shortened("a\x00b", 6) == "ab"
