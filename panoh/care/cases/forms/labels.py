"""What the desk calls the codes of a case. The lists of the taxonomy and the risk tool bring their own names."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from panoh.ground.places.public import regions

from .. import rules

LABELS: dict[str, dict[str, Any]] = {
    "tab": {
        "mine": _("Mine"),
        "open": _("Open"),
        "approvals": _("Waiting for approval"),
        "overdue": _("Overdue"),
        "all": _("All"),
        "closed": _("Ended"),
    },
    "part": {
        "summary": _("Summary"),
        "people": pgettext_lazy("around the child", "People"),
        "consent": _("Consent"),
        "assessment": _("Assessment"),
        "plan": _("Plan"),
        "notes": _("Notes"),
        "documents": _("Documents"),
        "referrals": _("Referrals"),
        "timeline": _("Timeline"),
        "access": _("Access"),
    },
    "status": {
        "new": _("New"),
        "assessment": _("Assessment"),
        "plan": _("Plan"),
        "in_service": _("In service"),
        "closed": _("Closed"),
        "duplicate": _("Duplicate"),
        "transferred": _("Transferred"),
    },
    "risk": {"high": _("High risk"), "medium": _("Medium risk"), "low": _("Low risk"), "unknown": _("Risk not judged")},
    "urgency": {"1": _("U1 · in danger now"), "2": _("U2 · serious"), "3": _("U3 · soon"), "4": _("U4 · advice")},
    "role": {
        "child": _("The child"),
        "caregiver": _("Caregiver"),
        "relative": _("Relative"),
        "friend": _("Friend"),
        "professional": _("Works with children"),
        "person_who_harms": _("Adult who harms"),
        "child_who_harms": _("Child who has shown harmful behaviour"),
        "other": _("Somebody else"),
    },
    "field": {
        "full_name": _("Full name"),
        "other_names": _("Other names and spellings"),
        "birth_date": _("Birth date or year"),
        "language": _("Language"),
        "phone": _("Telephone"),
        "account": _("Account online"),
        "address": _("Address"),
        "school": _("School or kindergarten"),
        "workplace": _("Place of work"),
        "health": _("Health, as far as it matters"),
    },
    "answer": {"given": _("Yes"), "refused": _("No"), "overridden": _("Decided without a yes")},
    "given_by": {
        "child": _("The child"),
        "caregiver": _("A caregiver"),
        "other": _("Somebody else"),
        "nobody": _("Nobody"),
    },
    "scope": {
        "referral": _("To tell other agencies"),
        "statistics": _("To be counted without a name"),
        "contact_back": _("To be contacted again"),
        "recording": _("To record a talk"),
    },
    "recipient": {"any": _("Any agency that helps")},
    "basis": {
        "consent": _("Their yes"),
        "best_interest": _("Best interest of the child"),
        "vital_interest": _("Danger to life or health"),
        "legal_duty": _("Duty under the law"),
        "court_order": _("Decision of a court"),
    },
    "work": {"draft": _("Being written"), "submitted": _("Waiting for approval"), "approved": _("Approved")},
    "action": {"open": _("Open"), "done": _("Done"), "dropped": _("Dropped")},
    "of": {"assessment": _("Assessment"), "plan": _("Plan"), "closing": _("Closing")},
    "decision": {
        "approved": _("Approved"),
        "returned": _("Returned"),
        "granted": _("Granted"),
        "refused": _("Refused"),
        "": _("Waits"),
    },
    "closing": {
        "child_safe": _("The child is safe"),
        "goal_reached": _("The goal of the plan is reached"),
        "child_declined": _("The child or family does not want more help"),
        "no_contact": _("Nobody can be reached"),
        "moved_away": _("Moved away"),
        "grown_up": _("Grown up"),
        "led_elsewhere": _("Another agency leads from here"),
        "opened_in_error": _("Opened by mistake"),
        "duplicate": _("Duplicate"),
    },
    "purpose": {
        "own": _("Own case"),
        "supervision": _("Supervision"),
        "cover": _("I cover for a colleague"),
        "consultation": _("I was asked for advice"),
        "approval": _("I have to approve something"),
        "quality": _("Quality check"),
        "data_request": _("Somebody asked for their data"),
        "other": _("Something else"),
    },
    "verdict": {"justified": _("It was right"), "not_justified": _("It was not right"), "": _("Waits")},
    "kind": {"talk": _("Talk"), "report": _("Report"), "contact": _("Contact")},
    "verb": {
        "referral.drafted": _("A referral was written"),
        "referral.approved": _("A referral was approved"),
        "referral.sent": _("A referral went out"),
        "referral.acknowledged": _("An agency confirmed that it has the referral"),
        "referral.asked": _("An agency asked something"),
        "referral.answered": _("We answered an agency"),
        "referral.accepted": _("An agency accepted"),
        "referral.declined": _("An agency declined"),
        "referral.started": _("An agency began its work"),
        "referral.completed": _("An agency reported the outcome"),
        "referral.revoked": _("A referral was taken back"),
        "referral.expired": _("A referral was not answered in time"),
        "referral.reminded": _("A reminder about a referral went out"),
        "referral.overdue": _("A referral became late"),
        "referral.escalated": _("A late referral was escalated"),
        "case.opened": _("Opened"),
        "case.linked": _("Something was tied to it"),
        "case.viewed": _("Looked at"),
        "case.printed": _("Printed"),
        "case.taken": _("Taken"),
        "case.assigned": _("Assigned"),
        "case.handed_over": _("Handed over"),
        "case.urgency": _("Urgency changed"),
        "case.described": _("Codes changed"),
        "case.in_service": _("Service began"),
        "case.reopened": _("Reopened"),
        "case.duplicate": _("Marked as duplicate"),
        "case.merged": _("Took over a duplicate"),
        "case.counted": _("Counted"),
        "person.added": _("A person was added"),
        "detail.written": _("A detail was written down"),
        "detail.removed": _("A detail was taken away"),
        "detail.withheld": _("A detail is kept back"),
        "detail.released": _("A detail is no longer kept back"),
        "consent.given": _("Somebody said yes"),
        "consent.refused": _("Somebody said no"),
        "consent.withdrawn": _("A yes was taken back"),
        "consent.overridden": _("Decided without a yes"),
        "assessment.saved": _("Assessment written"),
        "assessment.submitted": _("Assessment sent for approval"),
        "assessment.approved": _("Assessment approved"),
        "assessment.returned": _("Assessment returned"),
        "plan.goal": _("Goal of the plan written"),
        "plan.submitted": _("Plan sent for approval"),
        "plan.approved": _("Plan approved"),
        "plan.returned": _("Plan returned"),
        "closing.submitted": _("Closing asked for"),
        "closing.approved": _("Closed"),
        "closing.returned": _("Closing returned"),
        "action.planned": _("Action planned"),
        "action.done": _("Action done"),
        "action.dropped": _("Action dropped"),
        "follow_up.planned": _("Follow-up planned"),
        "follow_up.done": _("Follow-up done"),
        "note.added": _("Note written"),
        "note.changed": _("Note changed"),
        "document.added": _("Document added"),
        "document.opened": _("Document opened"),
        "access.granted": _("Somebody was let in"),
        "access.ended": _("Access ended"),
        "reveal.asked": _("Asked who is behind the alias"),
        "reveal.granted": _("Reveal granted"),
        "reveal.refused": _("Reveal refused"),
        "identity.revealed": _("Identity seen"),
        "glass.reminded": _("Review reminded"),
        "glass.late": _("Review is late"),
        "glass.reviewed": _("Look alone reviewed"),
        "child.told": _("The child was told"),
    },
}
LISTS = {"harm": "harms", "age_band": "age_bands", "sex": "sexes"}


def label(code: object, of: str) -> str:
    """The name of a code; one that has none is shown as it is, without its underscores."""
    text = str(code)
    if of in LISTS:
        return rules.name(LISTS[of], text, rules.reader()) if text else ""
    return str(LABELS[of].get(text, text.replace("_", " ").replace(".", " · ")))


def choices(of: str, *, blank: str = "", without: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Codes and names of a list, for a form."""
    known = rules.codes(LISTS[of]) if of in LISTS else LABELS[of]
    first = [("", blank)] if blank else []
    return [*first, *((code, label(code, of)) for code in known if code and code not in without)]


def region_choices(*, blank: str = "–") -> list[tuple[str, str]]:
    return [("", blank), *regions(rules.reader())]
