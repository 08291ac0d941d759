"""Cohorts for their facilitators: who is in, how far, who is still awaited. Never an answer of a test."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404

from panoh.ground.accounts import public as accounts
from panoh.ground.accounts.public import User
from panoh.ground.places import public as places
from panoh.ground.vault import public as vault

from .. import policy, progress
from ..models import Cohort, CohortMember, Enrolment, EnrolmentStatus, Invitation, InvitationStatus

TOKEN_PURPOSE = "academy.invitation"
ADDRESS_PURPOSE = "academy.invited_address"
STATES = ("invited", "idle", "reading", "completed")


@dataclass(frozen=True)
class Person:
    """One row of a facilitator's list. ``state``: invited, idle (joined, nothing read), reading, completed."""

    name: str
    region: str
    district: str
    state: str
    done: int
    of: int
    since: datetime
    invitation: Invitation | None = None

    @property
    def percent(self) -> int:
        return progress.percent(self.done, self.of)


def cohorts(user: User) -> list[Cohort]:
    counted = policy.visible_cohorts(user).annotate(
        joined=Count("members", distinct=True),
        awaited=Count("invitations", filter=Q(invitations__status=InvitationStatus.SENT), distinct=True),
        completed=Count("members", filter=Q(members__enrolment__status=EnrolmentStatus.COMPLETED), distinct=True),
    )
    return list(counted.select_related("course__current", "facilitator").order_by("closed_at", "-made_at"))


def cohort_for(user: User, code: str) -> Cohort:
    """The gate to a cohort: somebody else's and a missing one look the same."""
    held = policy.visible_cohorts(user).select_related("course__current", "facilitator")
    return get_object_or_404(held, code=code)


def cohort_by_link(join_code: str) -> Cohort | None:
    held = Cohort.objects.filter(join_code=join_code, closed_at=None)
    return held.select_related("course__current").first()


def invitation_by_token(token: str) -> Invitation | None:
    """An invitation that still stands, of a cohort that is still open."""
    held = Invitation.objects.filter(cohort__closed_at=None).exclude(status=InvitationStatus.WITHDRAWN)
    hashed = vault.lookup(token, purpose=TOKEN_PURPOSE)
    return held.filter(token_hash=hashed).select_related("cohort__course__current").first()


def invitation_of(cohort: Cohort, pk: int) -> Invitation:
    return get_object_or_404(Invitation, cohort=cohort, pk=pk)


def people_of(cohort: Cohort) -> list[Person]:
    """Those who joined and those who are awaited, the least far first."""
    members = CohortMember.objects.filter(cohort=cohort).select_related("enrolment__learner", "enrolment__edition")
    rows = [_member(member.enrolment) for member in members]
    awaited = Invitation.objects.filter(cohort=cohort, status=InvitationStatus.SENT)
    rows += [_awaited(invitation) for invitation in awaited]
    return sorted(rows, key=lambda row: (STATES.index(row.state), row.done, row.name.casefold()))


def _member(enrolment: Enrolment) -> Person:
    learner = enrolment.learner
    of = sum(len(module["lessons"]) for module in enrolment.edition.outline)
    state = (
        "completed" if enrolment.status == EnrolmentStatus.COMPLETED else "reading" if enrolment.last_step else "idle"
    )
    name = accounts.learner_names(learner).in_script(enrolment.language) if learner else ""
    region, district = (learner.region, learner.district) if learner else ("", "")
    return Person(name, region, district, state, enrolment.lessons_done, of, enrolment.seen_at)


def _awaited(invitation: Invitation) -> Person:
    name = opened(invitation, "name") or opened(invitation, "address")
    return Person(name, invitation.region, invitation.district, "invited", 0, 0, invitation.invited_at, invitation)


def opened(invitation: Invitation, field: str) -> str:
    sealed = getattr(invitation, field)
    try:
        return vault.unseal(invitation.key, sealed, where=where(invitation.key, field)) if sealed else ""
    except vault.ErasedError:
        return ""


def where(key: object, field: str) -> str:
    return f"academy.invitation.{field}:{key}"


def pending(user: User, region: str = "", district: str = "") -> Iterator[tuple[Cohort, Person]]:
    """Everybody who has not completed, in the open cohorts this person sees."""
    for cohort in policy.visible_cohorts(user).filter(closed_at=None).select_related("course__current"):
        for person in people_of(cohort):
            if person.state == "completed" or (region and person.region != region):
                continue
            if not district or person.district == district:
                yield cohort, person


def pending_counts(people: list[tuple[Cohort, Person]], language: str) -> list[tuple[str, str, Counter[str]]]:
    """Region, district and how many are in which state, by the names of the places."""
    cells: dict[tuple[str, str], Counter[str]] = {}
    for _cohort, person in people:
        key = (places.region_name(person.region, language), places.district_name(person.district, language))
        cells.setdefault(key, Counter())[person.state] += 1
    return [(region, district, cells[region, district]) for region, district in sorted(cells)]
