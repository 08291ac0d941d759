"""A report as it stands now, frozen for another: the content of ``exchange/report_schema.json``."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panoh.care.talks import public as talks
from panoh.ground.common.centre import centre
from panoh.ground.languages.public import word

from .. import asking
from ..models import Report
from ..questionnaire import STEPS
from .files import hash_value
from .one_report import typed_address
from .street import answers_of, asked_of

SCHEMA = "urn:panoh:report:1"
CODED = ("status", "urgency", "questionnaire", "language", "channel", "kind", "about", "danger")
COUNTED = ("region", "age_band", "sex", "platform")
# How to reach the person: theirs to give, so it leaves only when somebody says so.
CONTACT = {"contact", "phone", "safe_hours"}


def report_packet(report: Report, *, with_contact: bool = False, language: str = "") -> dict[str, Any]:
    """Questions are worded in ``language`` (the reader's); what people wrote stays as they wrote it."""
    language = language or get_language() or settings.LANGUAGE_CODE
    return {
        "schema": SCHEMA,
        "reference": report.reference,
        "made_at": _moment(timezone.now()),
        "centre": {"name": str(centre("name")), "country": str(centre("country"))},
        "report": {name: getattr(report, name) for name in (*CODED, *COUNTED)}
        | {"started_at": _moment(report.started_at), "sent_at": _moment(report.sent_at)},
        "answers": list(_answers(report, language, with_contact)),
        "words": list(_words(report)),
        "addresses": list(_addresses(report)),
        "hashes": list(_hashes(report)),
        "files": [
            {"position": f.position, "content_type": f.content_type, "size": f.size, "kept_at": _moment(f.kept_at)}
            for f in report.attachments.only("position", "content_type", "size", "kept_at").order_by("position")
        ],
        "classifications": list(_classifications(report)),
    }


def _moment(at: datetime | None) -> str:
    return at.astimezone(UTC).replace(microsecond=0).isoformat() if at else ""


def _answers(report: Report, language: str, with_contact: bool) -> Iterator[dict[str, Any]]:
    answers, asked = answers_of(report), asked_of(report)
    for question in asked.path(answers):
        value = answers.get(question.code)
        if value is None or question.kind in STEPS or (question.code in CONTACT and not with_contact):
            continue
        told = asking.value_name(question, value, language)
        row = {"question": question.code, "asked": word(question.words, language), "answer": told}
        yield row | ({"code": str(value)} if question.option(value) else {})


def _words(report: Report) -> Iterator[dict[str, str]]:
    """What came after sending; the story stands among the answers already."""
    story = answers_of(report).get("story")
    for line in talks.all_lines(report.conversation):
        if line.direction == talks.Direction.IN and line.text != story:
            yield {"at": _moment(line.said_at), "text": line.text}


def _addresses(report: Report) -> Iterator[dict[str, Any]]:
    for row in report.addresses.order_by("number"):
        yield {"number": row.number, "url": typed_address(report, row)}


def _hashes(report: Report) -> Iterator[dict[str, Any]]:
    for row in report.hashes.select_related("report__conversation").order_by("number", "algorithm"):
        made = "centre" if row.attachment_id else "device"
        told = {"number": row.number, "algorithm": row.algorithm, "value": hash_value(row), "made": made}
        yield told | ({"quality": row.quality} if row.quality is not None else {})


def _classifications(report: Report) -> Iterator[dict[str, Any]]:
    for row in report.classifications.filter(withdrawn_at=None).select_related("address").order_by("at", "pk"):
        told = {
            "scheme": row.scheme,
            "section": row.section,
            "label": row.label,
            "also": row.also.split(),
            "verdict": row.verdict,
            "at": _moment(row.at),
            "agreed": not row.needs_second or row.second_by_id is not None,
        }
        yield told | ({"address": row.address.number} if row.address else {})


# --- on paper ---------------------------------------------------------------------------------------------------------


def printed(packet: Mapping[str, Any]) -> dict[str, Any]:
    """The packet as ``print/packet.typ`` of the case room takes it: headings, and lists of labels with their words."""
    told, found = packet["report"], packet["classifications"]
    sections = [
        (_("Answers"), [(row["asked"], row["answer"]) for row in packet["answers"]]),
        (_("Said later"), [(row["at"], row["text"]) for row in packet["words"]]),
        (_("Addresses"), [(str(row["number"]), row["url"]) for row in packet["addresses"]]),
        (_("Codes of pictures"), [(f"{row['number']}, {row['algorithm']}", row["value"]) for row in packet["hashes"]]),
        (_("Classification"), [(f"{row['section']}: {row['label']}", row["verdict"]) for row in found]),
    ]
    return {
        "title": _("Report %(reference)s") % {"reference": packet["reference"]},
        "author": packet["centre"]["name"],
        "footer": f"{packet['reference']} · {packet['centre']['name']} · " + _("Confidential"),
        "facts": [_row(_("Urgency"), f"U{told['urgency']}"), _row(_("Sent"), told["sent_at"])],
        "reason": {"label": _("What this is"), "values": [_("One report as it stood when it was exported.")]},
        "sections": [{"title": title, "fields": [_row(*one) for one in rows]} for title, rows in sections if rows],
        "proof": {"label": _("Proof"), "values": [_("Made %(at)s") % {"at": packet["made_at"]}]},
    }


def _row(label: str, words: str) -> dict[str, Any]:
    return {"label": label, "values": [words]}
