"""The form that opens a case, in one step: the case, what it is tied to, and who it is about."""

from typing import Any

from django.db import transaction

from panoh.ground.accounts.public import Role, User, may

from ..models import Case, PersonRole
from ..queries.opening import Opening
from .describing import add_person, set_codes
from .opening import open_case, open_case_for


@transaction.atomic
def begin_case(opening: Opening | None, *, details: dict[str, str], language: str, by: User, **codes: Any) -> Case:
    """Open a case for a talk or a report that a page above handed over, or for somebody who came another way.

    A caseworker leads it from the start; others leave that to a supervisor. Twice is once for the same talk.
    """
    owner = by if may(by, Role.CASEWORKER) else None
    if opening is None:
        case = open_case(language=language, by=by, owner=owner, **codes)
    else:
        told = {"kind": opening.kind, "reference": opening.reference}
        case = open_case_for(opening.conversation, **told, by=by, owner=owner, **_without(codes, "kind"))
        case = set_codes(case, kind=codes.get("kind", ""), language=language, by=by)
    if any(value.strip() for value in details.values()) and not case.people.filter(role=PersonRole.CHILD).exists():
        add_person(case, role=PersonRole.CHILD, alias=case.alias, details=details, by=by)
    return case


def _without(codes: dict[str, Any], name: str) -> dict[str, Any]:
    return {code: value for code, value in codes.items() if code != name}
