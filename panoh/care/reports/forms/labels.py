"""What the desk calls the codes of reports. What a child reads stands in ``centre/words``, never here."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from panoh.ground.places.public import regions

from ..desk_rules import clocks, named, reader

LABELS: dict[str, dict[str, Any]] = {
    "kind": {
        "cyberbullying": _("Cyberbullying"),
        "grooming": _("Grooming"),
        "images": _("Sexual images of a child passed on"),
        "sextortion": _("Sextortion"),
        "abuse_material": _("Child sexual abuse material (CSAM) found"),
        "threats": _("Threats"),
        "self_harm": _("Self-harm or suicide"),
        "attack": _("Planned attack"),
        "recruitment": _("Recruitment, destructive communities"),
        "fraud": _("Fraud, stolen account"),
        "harmful_content": _("Harmful content"),
        "missing": _("Missing or running away"),
        "other": _("Something else"),
        "": _("Not said"),
    },
    "status": {
        "received": _("Received"),
        "assessed": _("Assessed"),
        "actioned": _("Acted on"),
        "referred": _("Handed over"),
        "duplicate": _("Repeats another report"),
        "out_of_remit": _("Not for this centre"),
        "unable_to_assess": _("Could not be assessed"),
        "unfounded": _("Unfounded"),
        "closed": _("Closed"),
    },
    "shown": {
        "received": _("We have it"),
        "read": _("We read it"),
        "working": _("We work on it"),
        "passed_on": _("We passed it on"),
        "closed": _("Closed: what we did"),
        "deleted": _("Deleted by the person"),
    },
    "about": {"self": _("Themselves"), "known": _("A child they know"), "seen": _("Something they saw")},
    "danger": {"yes": _("Yes"), "unsure": _("Not sure"), "no": _("No")},
    "channel": {
        "web": _("Web"),
        "telegram": _("Telegram"),
        "phone": _("Telephone"),
        "walk_in": _("Visit"),
        "letter": _("Letter"),
    },
    "urgency": {
        "1": _("U1 · in danger now"),
        "2": _("U2 · serious"),
        "3": _("U3 · soon"),
        "4": _("U4 · advice"),
    },
    "verdict": {
        "baseline": _("Illegal everywhere (INTERPOL baseline)"),
        "nationally_illegal": _("Illegal in this country"),
        "not_illegal": _("Not illegal"),
        "out_of_remit": _("Not for this hotline"),
    },
    "referral": {
        "draft": _("Draft"),
        "approved": _("Approved, not sent yet"),
        "sent": _("Sent"),
        "acknowledged": _("They have it"),
        "returned_for_info": _("They asked something"),
        "accepted": _("Accepted"),
        "in_service": _("They are working on it"),
        "declined": _("Declined"),
        "completed": _("Completed"),
        "expired": _("Not answered in time"),
        "revoked": _("Taken back"),
    },
    "found": {
        "phone": _("a telephone number"),
        "handle": _("an account name"),
        "link": _("a link outside the list"),
        "place": _("a meeting place"),
    },
    "freshness": {
        "trusted": _("trusted"),
        "due": _("check it soon"),
        "stale": _("too old: hidden"),
        "never": _("never checked: an example only"),
    },
    "alike": {"address": _("same address"), "file": _("same picture or file")},
    "class": {
        "abuse_now": _("Violence right now"),
        "attack": _("Planned attack"),
        "bullying": _("Bullying"),
        "image_shared": _("Picture passed on"),
        "meeting_stranger": _("Meeting a stranger"),
        "recruitment": _("Recruitment"),
        "runaway": _("Running away"),
        "sextortion": _("Sextortion"),
        "sexual_abuse": _("Sexual abuse"),
        "suicide_self_harm": _("Suicide, self-harm"),
        "threats": _("Threats"),
        "violence_home": _("Violence at home"),
    },
    "way": {"email": _("by e-mail"), "by_hand": _("copied and sent by hand")},
    "what": {
        "urgency": _("Urgency"),
        "kind": _("Kind"),
        "status": _("Status"),
        "assignee": _("Held by"),
        "shown": _("The person reads"),
    },
}


def label(code: object, of: str) -> str:
    """The name of a code; one that has none is shown as it is, without its underscores."""
    text = str(code if code is not None else "")
    if of == "clock":
        rule = clocks().rule(text)
        return named(rule.names) if rule else text.replace("_", " ")
    return str(LABELS[of].get(text, text.replace("_", " ")))


def choices(of: str, *, blank: str = "") -> list[tuple[str, str]]:
    """Codes and names of a list, for a form."""
    first = [("", blank)] if blank else []
    return [*first, *((code, str(name)) for code, name in LABELS[of].items() if code)]


def region_choices(blank: str) -> list[tuple[str, str]]:
    return [("", blank), *regions(reader())]
