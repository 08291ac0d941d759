"""What people read instead of the codes of a referral, on our desk, at the agency and on paper."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import rules

LABELS: dict[str, dict[str, Any]] = {
    "tab": {
        "open": gettext_lazy("Running"),
        "late": gettext_lazy("Late"),
        "questions": gettext_lazy("They asked something"),
        "untold": gettext_lazy("Nobody could be told"),
        "to_approve": gettext_lazy("To approve"),
        "over": gettext_lazy("Ended"),
    },
    "status": {
        "draft": gettext_lazy("Draft"),
        "approved": gettext_lazy("Approved, not sent yet"),
        "sent": gettext_lazy("Sent"),
        "acknowledged": gettext_lazy("They have it"),
        "returned_for_info": gettext_lazy("They asked something"),
        "accepted": gettext_lazy("Accepted"),
        "in_service": gettext_lazy("They are working on it"),
        "declined": gettext_lazy("Declined"),
        "completed": gettext_lazy("Completed"),
        "expired": gettext_lazy("Not answered in time"),
        "revoked": gettext_lazy("Taken back"),
    },
    "theirs": {
        "sent": gettext_lazy("New"),
        "acknowledged": gettext_lazy("Waits for your decision"),
        "returned_for_info": gettext_lazy("Waits for our answer"),
        "accepted": gettext_lazy("Accepted by you"),
        "in_service": gettext_lazy("You are working on it"),
        "declined": gettext_lazy("Declined by you"),
        "completed": gettext_lazy("Completed"),
        "expired": gettext_lazy("Not answered in time"),
        "revoked": gettext_lazy("Taken back by us"),
    },
    "verb": {
        "draft": gettext_lazy("Written"),
        "approve": gettext_lazy("Approved"),
        "send": gettext_lazy("Sent"),
        "acknowledge": gettext_lazy("They confirmed that they have it"),
        "accept": gettext_lazy("They accepted"),
        "decline": gettext_lazy("They declined"),
        "ask": gettext_lazy("They asked something"),
        "answer": gettext_lazy("We answered"),
        "start": gettext_lazy("They began"),
        "complete": gettext_lazy("They reported the outcome"),
        "revoke": gettext_lazy("Taken back"),
        "expire": gettext_lazy("Time ran out"),
        "read": gettext_lazy("They opened the packet"),
        "link": gettext_lazy("A new link was made"),
        "renew": gettext_lazy("A new version of the packet was made"),
        "remind": gettext_lazy("A reminder went out"),
        "late": gettext_lazy("It became late"),
        "escalate": gettext_lazy("Their focal point and our supervisors were told"),
        "escalate_here": gettext_lazy("Our supervisors were told"),
        "link_wanted": gettext_lazy("They asked for a new link"),
        "consent_withdrawn": gettext_lazy("The consent was withdrawn: they can no longer read the packet"),
        "lock": gettext_lazy("A link was locked after wrong codes"),
    },
    "via": {
        "desk": gettext_lazy("partner desk"),
        "link": gettext_lazy("link and code"),
        "api": gettext_lazy("their own system"),
        "phone": gettext_lazy("telephone"),
    },
    "decline": {
        "out_of_remit": gettext_lazy("Not our task"),
        "no_capacity": gettext_lazy("No capacity now"),
        "wrong_region": gettext_lazy("Another region"),
        "wrong_age": gettext_lazy("Not for this age"),
        "already_known": gettext_lazy("We work with this family already"),
        "not_enough_information": gettext_lazy("Too little is known"),
        "other": gettext_lazy("Something else"),
    },
    "outcome": {
        "service_given": gettext_lazy("The child got the service"),
        "protection_ordered": gettext_lazy("Protection was ordered"),
        "investigation_opened": gettext_lazy("An investigation was opened"),
        "content_removed": gettext_lazy("The content was removed"),
        "moved_on": gettext_lazy("Passed on to somebody else"),
        "not_reached": gettext_lazy("The child or family could not be reached"),
        "declined_by_child": gettext_lazy("The child or family did not want it"),
        "no_ground": gettext_lazy("No ground to act was found"),
        "other": gettext_lazy("Something else"),
    },
    "revoke": {
        "taken": gettext_lazy("Another agency accepted first"),
        "consent_withdrawn": gettext_lazy("The consent was withdrawn"),
        "mistake": gettext_lazy("Sent by mistake"),
        "not_needed": gettext_lazy("No longer needed"),
        "other": gettext_lazy("Something else"),
    },
    "basis": {
        "vital_interest": gettext_lazy("To protect a life"),
        "legal_duty": gettext_lazy("The law obliges us"),
        "court_order": gettext_lazy("A court ordered it"),
        "best_interest": gettext_lazy("Best interests of the child"),
    },
    "consent": {
        "given": gettext_lazy("Given"),
        "asked": gettext_lazy("None; a supervisor is asked"),
        "overridden": gettext_lazy("None; a supervisor decided"),
        "none": gettext_lazy("Not asked: it hangs on no case"),
    },
    "given_by": {
        "child": gettext_lazy("the child"),
        "caregiver": gettext_lazy("a caregiver"),
        "other": gettext_lazy("another person"),
        "nobody": gettext_lazy("nobody"),
    },
    "urgency": {
        "1": gettext_lazy("U1 · in danger now"),
        "2": gettext_lazy("U2 · serious"),
        "3": gettext_lazy("U3 · soon"),
        "4": gettext_lazy("U4 · advice"),
    },
    "risk": {
        "high": gettext_lazy("High"),
        "medium": gettext_lazy("Medium"),
        "low": gettext_lazy("Low"),
        "unknown": gettext_lazy("Not assessed yet"),
    },
    "section": {
        "child": gettext_lazy("The child"),
        "caregiver": gettext_lazy("Caregiver"),
        "relative": gettext_lazy("Relative"),
        "friend": gettext_lazy("Friend"),
        "professional": gettext_lazy("Professional"),
        "person_who_harms": gettext_lazy("Person who harms"),
        "child_who_harms": gettext_lazy("Child who has shown harmful behaviour"),
        "other": gettext_lazy("Another person"),
        "case": gettext_lazy("The story"),
        "situation": gettext_lazy("What happened"),
        "assessment": gettext_lazy("Assessment"),
        "plan": gettext_lazy("Plan"),
        "notes": gettext_lazy("Notes"),
        "contact": gettext_lazy("How to reach them"),
        "report": gettext_lazy("The report"),
        "people": gettext_lazy("People around the child"),
    },
    "field": {
        "full_name": gettext_lazy("Name"),
        "other_names": gettext_lazy("Other names"),
        "alias": gettext_lazy("Called here"),
        "birth_date": gettext_lazy("Date of birth"),
        "age_band": gettext_lazy("Age"),
        "sex": gettext_lazy("Sex"),
        "language": gettext_lazy("Language"),
        "region": gettext_lazy("Region"),
        "phone": gettext_lazy("Telephone"),
        "account": gettext_lazy("Account"),
        "address": gettext_lazy("Address"),
        "school": gettext_lazy("School"),
        "workplace": gettext_lazy("Place of work"),
        "health": gettext_lazy("Health"),
        "risk": gettext_lazy("Risk"),
        "reference": gettext_lazy("Number"),
        "opened_on": gettext_lazy("Opened on"),
        "action": gettext_lazy("Action"),
        "urgency": gettext_lazy("Urgency"),
        "kind": gettext_lazy("Kind of harm"),
        "goal": gettext_lazy("Goal"),
        "actions": gettext_lazy("Actions"),
        "summary": gettext_lazy("Summary"),
        "notes": gettext_lazy("Notes"),
    },
}


def label(of: str, code: object) -> str:
    """The name of a code; one that has none is shown as it is, without its underscores."""
    return str(LABELS[of].get(str(code), str(code).replace("_", " ")))


def choices(of: str, codes: list[str]) -> list[tuple[str, str]]:
    return [(code, label(of, code)) for code in codes]


def section_name(code: str) -> str:
    return _numbered("section", code)


def field_name(code: str) -> str:
    return _numbered("field", code)


def _numbered(of: str, code: str) -> str:
    """A second caregiver is ``caregiver_2``: "Caregiver 2"."""
    base, _line, number = code.rpartition("_")
    return f"{label(of, base)} {number}" if number.isdecimal() and base else label(of, code)


def values(section: str, field: str, said: list[str], language: str) -> list[str]:
    """The codes of a case by the names they have in the reader's language; everything else as it was written."""
    name = NAMES.get(field) if section == "case" else None
    return [str(name(value, language)) for value in said] if name else said


NAMES: dict[str, Callable[[str, str], str]] = {
    "kind": lambda code, language: rules.name("harms", code, language),
    "sex": lambda code, language: rules.name("sexes", code, language),
    "age_band": lambda code, language: rules.name("age_bands", code, language),
    "region": rules.region,
    "risk": lambda code, _language: label("risk", code),
    "urgency": lambda code, _language: label("urgency", code.removeprefix("U")),
    "language": lambda code, _language: dict(settings.LANGUAGES).get(code, code),
}


def consent_sentence(consent: dict[str, Any]) -> str:
    """What a packet says about the yes it stands on."""
    said = {
        "given": _("Given by %(who)s") % {"who": label("given_by", consent.get("given_by", ""))},
        "overridden": _("None. Passed on because: %(basis)s") % {"basis": label("basis", consent.get("basis", ""))},
        "not_asked": _("Not asked; see why we refer"),
    }[consent["state"]]
    if kept := consent.get("withheld"):
        return f"{said}. " + _("Kept back on request: %(number)d") % {"number": kept}
    return said
