"""What is known of a case as plain fields, for a packet; and the consent it rests on."""

from ..models import ANY, Case, Consent, ConsentAnswer, PersonRole, Scope
from .words import words

Sections = dict[str, dict[str, str]]
CODES = ("reference", "kind", "risk", "region", "age_band", "sex", "language")


def consent_for(case: Case, organisation: str, *, scope: str = Scope.REFERRAL) -> Consent | None:
    """The yes that covers telling this organisation, or None. The newest word on it decides: a no, or a yes that was
    taken back, is not covered by an older yes.
    """
    for consent in case.consents.order_by("-at", "-pk"):
        if scope in consent.scopes and {ANY, organisation} & set(consent.recipients):
            covers = consent.withdrawn_at is None and consent.answer != ConsentAnswer.REFUSED
            return consent if covers else None
    return None


def case_sections(case: Case, consent: Consent | None = None) -> Sections:
    """Section to field to words, unsealed: ``case``, ``child``, ``caregiver`` (``caregiver_2`` …), ``plan``.

    Without what was withheld: on a detail itself, by ``consent``, or, where none is named, by any that holds.
    """
    withheld = _withheld(case, consent)
    sections: Sections = {"case": _codes(case)}
    for name, role, fields in _people(case):
        kept = {k: v for k, v in fields.items() if k not in withheld and f"{role}.{k}" not in withheld}
        if kept:
            sections[name] = kept
    if plan := _plan(case):
        sections["plan"] = plan
    return sections


def _withheld(case: Case, consent: Consent | None) -> set[str]:
    holding = [consent] if consent else case.consents.filter(withdrawn_at=None)
    return {code for one in holding for code in one.withheld}


def _codes(case: Case) -> dict[str, str]:
    told = {name: str(getattr(case, name)) for name in CODES if getattr(case, name)}
    return told | {"urgency": f"U{case.urgency}", "opened_on": f"{case.opened_at:%Y-%m-%d}"}


def _people(case: Case) -> list[tuple[str, str, dict[str, str]]]:
    """Name of the section, role, fields; a second one of the same role gets a number."""
    found: list[tuple[str, str, dict[str, str]]] = []
    seen: dict[str, int] = {}
    order = {role: place for place, role in enumerate(PersonRole.values)}
    people = case.people.prefetch_related("details").order_by("at", "pk")
    for person in sorted(people, key=lambda one: order[one.role]):
        seen[person.role] = seen.get(person.role, 0) + 1
        name = person.role if seen[person.role] == 1 else f"{person.role}_{seen[person.role]}"
        details = sorted(person.details.all(), key=lambda one: one.field)
        told = {one.field: words(case, one, "value") for one in details if not one.is_withheld}
        found.append((name, person.role, {field: said for field, said in told.items() if said}))
    return found


def _plan(case: Case) -> dict[str, str]:
    """Open actions of approved plans, numbered."""
    told: dict[str, str] = {}
    for plan in case.plans.filter(status="approved").order_by("at"):
        for action in plan.actions.filter(status="open").order_by("due_on"):
            told[f"action_{len(told) + 1}"] = f"{words(case, action, 'title')} ({action.due_on:%Y-%m-%d})"
    return told
