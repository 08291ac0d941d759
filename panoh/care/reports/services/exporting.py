"""A report leaves the centre as a file: shaped for its reader, always encrypted, never sent by us."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from panoh.care.cases import public as cases
from panoh.ground.accounts.public import User, may
from panoh.ground.audit import public as audit
from panoh.ground.common.centre import centre
from panoh.ground.vault import public as vault

from .. import policy
from ..errors import ReportRefusedError
from ..exchange.cybertipline import KINDS, LONGEST, cybertipline_xml
from ..exchange.iwf import LONGEST as LONGEST_IWF
from ..exchange.iwf import iwf_records
from ..exchange.limits import ExchangeError, shortened
from ..models import Report
from ..queries.one_report import waits_for_second
from ..queries.packet import printed, report_packet

Content = Mapping[str, Any]
ACTING = ("cybertipline", "iwf")  # these ask another to act, so the second person comes first
THEMES = "themes"
LEAST_REASON = 3


@transaction.atomic
def export_report(
    report: Report,
    *,
    shape: str,
    reason: str,
    by: User,
    with_contact: bool = False,
    recipients: Sequence[str] = (),
) -> vault.Export:
    """An age file for ``recipients``, or with a passphrase that stands on it once. ``shape``: one of ``SHAPES``.

    Raises ``ReportRefusedError`` (its text names the fields that are wrong) and ``vault.ExportRefusedError``.
    """
    _refuse_unless_allowed(report, shape, reason, by)
    with_contact = with_contact and shape != THEMES
    packet = report_packet(report, with_contact=with_contact)
    export = vault.export_file(
        _shaped(packet, shape),
        name=SHAPES[shape][0] if shape == THEMES else f"{report.reference}-{SHAPES[shape][0]}",
        by_code=by.code,
        recipients=recipients,
        things=[report.reference],
    )
    sealed = vault.seal(report.conversation.data_key, reason.strip(), where=f"reports.export:{report.pk}")
    audit.record(
        "report.exported",
        thing=report.reference,
        actor=by.code,
        purpose=sealed,
        shape=shape,
        contact=with_contact,
        to=export.code,
    )
    return export


def _refuse_unless_allowed(report: Report, shape: str, reason: str, by: User) -> None:
    visible = policy.visible_reports(by).filter(pk=report.pk, forgotten_at=None).exists()
    if shape not in SHAPES or not visible or not may(by, *policy.HOTLINE):
        raise ReportRefusedError(_("This report cannot be exported."))
    if len(reason.strip()) < LEAST_REASON:
        raise ReportRefusedError(_("Write who gets it and why."))
    if shape in ACTING and waits_for_second(report):
        raise ReportRefusedError(_("A second person has to agree with the classification first."))


def _shaped(packet: Content, shape: str) -> bytes:
    try:
        return SHAPES[shape][1](packet)
    except ExchangeError as wrong:
        raise ReportRefusedError(
            _("It does not fit this form: %(faults)s") % {"faults": "; ".join(wrong.faults)}
        ) from None


def as_json(packet: Content) -> bytes:
    return json.dumps(packet, ensure_ascii=False, indent=1).encode()


def as_pdf(packet: Content) -> bytes:
    """On paper, tagged for screen readers."""
    return cases.to_pdf("packet", printed(packet), language=get_language() or settings.LANGUAGE_CODE)


def as_cybertipline(packet: Content) -> bytes:
    """What their form asks for, of what we know. The story stays here: they may ask for it by our reference."""
    told = packet["report"]
    if told["kind"] not in KINDS:
        raise ExchangeError([f"kind: {told['kind'] or 'unknown'} is not for this form"])
    incident, annotations = KINDS[told["kind"]]
    when = next((row["answer"] for row in packet["answers"] if row["question"] == "when"), "")
    tip = {
        "incident_type": incident,
        "annotations": annotations,
        "platform": told["platform"] if told["platform"] not in {"unknown", "none", "other"} else "",
        "escalate": "A child may be in danger now." if told["urgency"] == 1 else "",
        "incident_at": told["sent_at"],
        "incident_at_about": shortened(
            f"The moment it was reported. When it happened: {when}", LONGEST["incident_at_about"]
        )
        if when
        else "The moment it was reported.",
        "urls": [row["url"] for row in packet["addresses"]],
        "reporter": dict(centre("exchange", "reporter", default={})),
        "additional": shortened(_about(packet), LONGEST["additional"]),
    }
    return cybertipline_xml(tip)


def as_iwf(packet: Content) -> bytes:
    reporter = dict(centre("exchange", "reporter", default={}))
    partner = dict(centre("exchange", "iwf", default={}))
    records = iwf_records(
        {
            "urls": [row["url"] for row in packet["addresses"]],
            "live": settings.PRODUCTION,
            "anonymous": False,
            "description": shortened(_about(packet), LONGEST_IWF["description"]),
            **reporter,
            **partner,
        }
    )
    return json.dumps(records, ensure_ascii=False, indent=1).encode()


def as_themes(packet: Content) -> bytes:
    """What was written, scrubbed, under few codes: to count themes inside the centre. No number, no day, no place.

    A text that could not be scrubbed for sure is withheld whole; names of people may remain, so it is not published.
    """
    told = packet["report"]
    stories = [row["answer"] for row in packet["answers"] if row["question"] == "story"]
    themes = {
        "schema": "urn:panoh:themes:1",
        "month": told["sent_at"][:7],
        **{name: told[name] for name in ("kind", "urgency", "language", "platform")},
        "words": [vault.scrub(text) for text in (*stories, *(row["text"] for row in packet["words"]))],
    }
    return json.dumps(themes, ensure_ascii=False, indent=1).encode()


def _about(packet: Content) -> str:
    """Our reference, what the hotline found, and the codes of pictures: nothing a person wrote."""
    found = [f"{row['label']} ({row['verdict']})" for row in packet["classifications"]]
    codes = [f"{row['algorithm']} {row['value']}" for row in packet["hashes"]]
    lines = [f"{packet['centre']['name']}, {packet['reference']}", *found, *codes]
    return "\n".join(lines)


# What a shape is called, the end of its file's name, and what writes it.
SHAPES: dict[str, tuple[str, Callable[[Content], bytes]]] = {
    "json": ("report.json", as_json),
    "pdf": ("report.pdf", as_pdf),
    "cybertipline": ("cybertipline.xml", as_cybertipline),
    "iwf": ("iwf.json", as_iwf),
    THEMES: ("themes.json", as_themes),
}
