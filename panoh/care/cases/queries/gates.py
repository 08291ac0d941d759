"""The gates: a thing that is hidden and a thing that is missing look the same."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from panoh.ground.accounts.public import User

from .. import policy
from ..models import Access, Action, Approval, Case, Consent, Detail, Document, FollowUp, Note, Person, SavedView

Row = TypeVar("Row", bound=Model)


def case_for(user: User, reference: str) -> Case:
    """The one gate to a case: a hidden case and a missing one look the same."""
    cases = policy.visible_cases(user).select_related("owner", "opened_by", "duplicate_of")
    return get_object_or_404(cases, reference=reference)


def cases_for(user: User, references: list[str]) -> list[Case]:
    """Those of several that this person may see."""
    return list(policy.visible_cases(user).filter(reference__in=references[:200]))


def _found(rows: QuerySet[Row], pk: str) -> Row:
    """One row of a case by its key; a key that is none is a missing row."""
    try:
        return get_object_or_404(rows, pk=pk)
    except (ValidationError, ValueError) as unreadable:
        raise Http404 from unreadable


def person_of(case: Case, pk: str) -> Person:
    return _found(Person.objects.filter(case=case).select_related("case"), pk)


def detail_of(user: User, case: Case, pk: str) -> Detail:
    """A detail of the case that this person may read."""
    visible = policy.visible_fields(user, case)
    rows = Detail.objects.filter(person__case=case, field__in=visible).select_related("person__case")
    return _found(rows, pk)


def consent_of(case: Case, pk: str) -> Consent:
    return _found(Consent.objects.filter(case=case).select_related("case"), pk)


def action_of(case: Case, pk: str) -> Action:
    return _found(Action.objects.filter(plan__case=case).select_related("plan__case"), pk)


def note_of(case: Case, pk: str) -> Note:
    return _found(Note.objects.filter(case=case).select_related("case"), pk)


def document_of(case: Case, pk: str) -> Document:
    return _found(Document.objects.filter(case=case).select_related("case"), pk)


def follow_up_of(case: Case, pk: str) -> FollowUp:
    return _found(FollowUp.objects.filter(case=case).select_related("case"), pk)


def approval_of(case: Case, pk: str) -> Approval:
    return _found(Approval.objects.filter(case=case).select_related("case"), pk)


def access_of(case: Case, pk: str) -> Access:
    return _found(Access.objects.filter(case=case).select_related("case", "user"), pk)


def view_for(user: User, pk: int) -> SavedView:
    return get_object_or_404(SavedView, pk=pk, user=user)
