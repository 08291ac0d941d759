"""What an agency could be told of a report: fields to choose from, unsealed only when a packet is made."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

from panoh.care.cases import public as cases
from panoh.ground.audit import public as audit
from panoh.ground.languages.public import word
from panoh.ground.organisations.public import Organisation, organisations_for

from ..desk_rules import named, reader
from ..models import Report
from .one_report import label_of, typed_address
from .street import said_in

Sections = dict[str, dict[str, Any]]
# What says who reported, and how to reach them: only when somebody ticks it.
PRIVATE = {"contact", "phone", "safe_hours"}
LOOKED_BACK = timedelta(days=1)


def agencies(report: Report) -> list[tuple[Organisation, str]]:
    """Those that may be asked, checked ones first, by name in the reader's language."""
    return [(one, one.name_in(reader())) for one in organisations_for(region=report.region)]


def hand_overs_of(report: Report) -> list[cases.Referral]:
    """The report's own referrals, the newest first; what became of them stands in the room below."""
    return list(cases.Referral.objects.filter(case=None, source=report.reference).select_related("to").order_by("-pk"))


class Passed(NamedTuple):
    """A referral, and the number of a report that went, or ended, with it."""

    referral: cases.Referral
    report: str


def sent_hand_overs(now: datetime) -> list[Passed]:
    """What was sent within the last day for reports, or for cases to which reports were tied by then.

    A run that was missed is made good.
    """
    sent = cases.Referral.objects.filter(sent_at__gte=now - LOOKED_BACK).exclude(status=cases.ReferralStatus.REVOKED)
    tied = sent.filter(case__links__kind="report", case__links__at__lte=F("sent_at")).select_related("to", "sent_by")
    found = _passed(sent) + [Passed(one, one.report) for one in tied.annotate(report=F("case__links__reference"))]
    return sorted(found, key=lambda one: (one.referral.sent_at, one.report))


def ended_hand_overs(now: datetime) -> list[Passed]:
    """Referrals of reports, without a case, whose outcome came within the last day."""
    ended = cases.Referral.objects.filter(ended_at__gte=now - LOOKED_BACK, forgotten_at=None)
    return _passed(ended.filter(status=cases.ReferralStatus.COMPLETED).order_by("ended_at"))


def _passed(referrals: QuerySet[cases.Referral]) -> list[Passed]:
    own = referrals.filter(case=None, source__startswith="R-").select_related("to", "sent_by")
    return [Passed(one, one.source) for one in own]


def is_noted(verb: str, passed: Passed) -> bool:
    """Whether the ledger of the report has this about the referral already."""
    entries = audit.Entry.objects.filter(thing=passed.report, verb=verb)
    return any(entry.codes.get("referral") == passed.referral.reference for entry in entries)


def sections_of(report: Report) -> Sections:
    """Section to field to words: codes, what was answered, addresses as typed, what the hotline found."""
    sections: Sections = {"report": _codes(report), "answers": _answers(report)}
    if addresses := _addresses(report):
        sections["addresses"] = addresses
    return sections


def _codes(report: Report) -> dict[str, Any]:
    told = {
        "reference": report.reference,
        "kind": report.kind,
        "urgency": f"U{report.urgency}",
        "region": report.region,
    }
    sent = {"sent_at": report.sent_at.isoformat(timespec="minutes")} if report.sent_at else {}
    return {**{name: code for name, code in told.items() if code}, **sent}


def _answers(report: Report) -> dict[str, Any]:
    """Under the words of the question as it was asked, in the language of the report."""
    said = said_in(report, report.language)
    return {
        one.question.code: {"label": word(one.question.words, report.language), "value": one.text.split("\n")}
        for one in said
        if one.text and one.question.code != "addresses"
    }


def _addresses(report: Report) -> dict[str, Any]:
    found = {}
    live = {one.address_id: one for one in report.classifications.filter(withdrawn_at=None)}
    for address in report.addresses.order_by("number"):
        label = label_of(live.get(address.pk))
        lines = [typed_address(report, address), *([named(label.names)] if label else [])]
        found[f"address_{address.number}"] = lines
    return found


def field_choices(sections: Sections) -> list[tuple[str, str]]:
    """``section.field`` and what it says in short, for ticking."""
    return [
        (f"{section}.{field}", f"{_title(field, value)}: {_short(value)}")
        for section, fields in sections.items()
        for field, value in fields.items()
    ]


def ticked_at_first(sections: Sections) -> list[str]:
    """All but what leads to the person who reported."""
    return [code for code, _label in field_choices(sections) if code.partition(".")[2] not in PRIVATE]


def _title(field: str, value: Any) -> str:
    label = value.get("label", "") if isinstance(value, dict) else ""
    return label or field.replace("_", " ")


def _short(value: Any) -> str:
    words = value.get("value", "") if isinstance(value, dict) else value
    text = " ".join(words) if isinstance(words, list) else str(words)
    return text if len(text) <= 120 else f"{text[:120]}…"
