"""Cohorts: made, joined by link or letter, reminded within decent hours, closed."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from panoh.ground.accounts import public as accounts
from panoh.ground.accounts.public import Learner, User
from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify
from panoh.ground.places import public as places
from panoh.ground.vault import public as vault

from .. import policy, rosters
from ..errors import CohortRefusedError
from ..models import (
    Cohort,
    CohortMember,
    Course,
    Enrolment,
    Invitation,
    InvitationStatus,
    Source,
)
from ..models.cohorts import new_join_code
from ..queries import cohorts as queries
from ..queries import mine
from .enrolling import enrol_learner


@dataclass(frozen=True)
class Outcome:
    """What became of one row of a list: invited, again (asked before), or refused with a reason."""

    line: int
    name: str
    outcome: str
    reason: str = ""


@transaction.atomic
def make_cohort(
    course: Course, *, name: str, region: str = "", district: str = "", ends_on: date | None = None, by: User
) -> Cohort:
    if not policy.can_lead(by):
        raise CohortRefusedError(_("Only a facilitator can make a cohort."))
    if district and places.district_region(district) != region:
        raise CohortRefusedError(_("This district is not in the region you chose."))
    cohort = Cohort.objects.create(
        course=course, name=name, facilitator=by, region=region, district=district, ends_on=ends_on
    )
    audit.record("cohort.made", thing=cohort.code, actor=by.code, course=course.code[:40])
    return cohort


@transaction.atomic
def close_cohort(cohort: Cohort, *, by: User) -> None:
    """Nobody joins any more and nobody is reminded; those in it learn on."""
    _may_change(cohort, by)
    Cohort.objects.filter(pk=cohort.pk).update(closed_at=timezone.now())
    audit.record("cohort.closed", thing=cohort.code, actor=by.code)


@transaction.atomic
def renew_link(cohort: Cohort, *, by: User) -> None:
    """A new link; the one that went round is useless from now on."""
    _may_change(cohort, by)
    Cohort.objects.filter(pk=cohort.pk).update(join_code=new_join_code())
    audit.record("cohort.link_renewed", thing=cohort.code, actor=by.code)


def invite_people(cohort: Cohort, rows: Iterable[rosters.Row], *, language: str, by: User) -> list[Outcome]:
    """Invite everybody on a list; each row has its own outcome, and one that is refused stops no other."""
    _may_change(cohort, by)
    outcomes = [_invite(cohort, row, language, by) for row in rows]
    invited = sum(one.outcome == "invited" for one in outcomes)
    audit.record("cohort.invited", thing=cohort.code, actor=by.code, rows=len(outcomes), invited=invited)
    return outcomes


@transaction.atomic
def _invite(cohort: Cohort, row: rosters.Row, language: str, by: User) -> Outcome:
    address = accounts.read_email(row.address)
    if not address:
        return Outcome(row.line, row.name, "refused", _("This is no e-mail address."))
    region, district = _place_of(row, cohort)
    if row.region and not region:
        return Outcome(row.line, row.name, "refused", _("This region is not known."))
    if row.district and not district:
        return Outcome(row.line, row.name, "refused", _("This district is not known in its region."))
    hashed = vault.lookup(address, purpose=queries.ADDRESS_PURPOSE)
    if Invitation.objects.filter(cohort=cohort, address_hash=hashed).exists():
        return Outcome(row.line, row.name, "again", _("This address was invited before."))
    key, token = vault.new_key("invitation"), secrets.token_urlsafe(18)
    Invitation.objects.create(
        cohort=cohort,
        key=key,
        name=vault.seal(key, row.name, where=queries.where(key, "name")) if row.name else b"",
        address=vault.seal(key, address, where=queries.where(key, "address")),
        address_hash=hashed,
        token_hash=vault.lookup(token, purpose=queries.TOKEN_PURPOSE),
        region=region,
        district=district,
        language=language,
        invited_by=by.code,
        invited_at=timezone.now(),
    )
    write_invitation(address, "academy/mail/invitation.txt", language, cohort, token)
    return Outcome(row.line, row.name, "invited")


def _place_of(row: rosters.Row, cohort: Cohort) -> tuple[str, str]:
    """The codes of the place a row names; the cohort's where it names none."""
    if not row.region and not row.district:
        return cohort.region, cohort.district
    names = places.region_names()
    region = rosters.code_of(row.region, list(names), lambda code: {code, *names[code].values()})
    district = rosters.code_of(row.district, places.districts(region), places.district_spellings)
    return region or places.district_region(district), district


def write_invitation(address: str, template: str, language: str, cohort: Cohort, token: str) -> None:
    with translation.override(language):
        link = settings.PUBLIC_URL + reverse("academy:invited", args=[token])
    title = mine.words_in(cohort.course.current, language)["title"] if cohort.course.current else cohort.course.code
    notify.tell_email(
        address, template, language, link=link, course=title, by=cohort.facilitator.name, ends_on=cohort.ends_on
    )


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: User) -> None:
    """The link of the letter is useless from now on, and who was asked is forgotten."""
    _may_change(invitation.cohort, by)
    if invitation.status == InvitationStatus.SENT:
        vault.destroy_keys([invitation.key], reason="academy.invitation_withdrawn")
        audit.record("cohort.invitation_withdrawn", thing=invitation.cohort.code, actor=by.code)
        invitation.delete()


@transaction.atomic
def join_cohort(learner: Learner, cohort: Cohort, *, language: str, source: str = Source.INVITE) -> Enrolment:
    """Be in the course and in the group; joining twice is joining once."""
    cohort = Cohort.objects.select_for_update(of=("self",)).select_related("course__current").get(pk=cohort.pk)
    if cohort.closed_at is not None:
        raise CohortRefusedError(_("This group is closed."))
    enrolment = enrol_learner(learner, cohort.course, language=language, source=source)
    _member, is_new = CohortMember.objects.get_or_create(cohort=cohort, enrolment=enrolment)
    if is_new:
        audit.record("cohort.joined", thing=cohort.code, actor=str(learner.pk), source=source)
    return enrolment


@transaction.atomic
def accept_invitation(learner: Learner, invitation: Invitation, *, language: str) -> Enrolment:
    """The letter's link, opened by somebody signed in; the first who does takes the place on the list."""
    invitation = (
        Invitation.objects.select_for_update(of=("self",)).select_related("cohort", "enrolment").get(pk=invitation.pk)
    )
    taken = invitation.status == InvitationStatus.JOINED and invitation.enrolment is not None
    if taken and invitation.enrolment.learner_id != learner.pk:  # type: ignore[union-attr]  # looked at above
        raise CohortRefusedError(_("This invitation was used already. Ask your facilitator for the link of the group."))
    enrolment = join_cohort(learner, invitation.cohort, language=language, source=Source.ROSTER)
    if not taken:
        invitation.status, invitation.joined_at = InvitationStatus.JOINED, timezone.now()
        invitation.enrolment = enrolment
        invitation.save(update_fields=["status", "joined_at", "enrolment"])
    return enrolment


@transaction.atomic
def note_progress_taken(cohort: Cohort, many: int, *, by: User) -> None:
    """The list of a group left the house as a file."""
    audit.record("cohort.progress_taken", thing=cohort.code, actor=by.code, rows=many)


@transaction.atomic
def note_pending_taken(many: int, *, by: User) -> None:
    """A list with names left the house as a file: who took it, and how long it was."""
    audit.record("cohort.pending_taken", thing="pending", actor=by.code, rows=many)


def _may_change(cohort: Cohort, by: User) -> None:
    if not policy.can_change(by, cohort):
        raise CohortRefusedError(_("You cannot change this cohort, or it is closed."))
