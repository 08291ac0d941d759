"""Who may see and do what with referrals, on our side and on theirs. The only place that knows."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from panoh.ground.accounts.public import Role, User, may
from panoh.ground.organisations.public import Organisation, organisation_of

from . import policy
from .models import Case, ConsentState, Referral, ReferralStatus, Via
from .referral_settings import setting

REFERRERS = (Role.COUNSELLOR, Role.CASEWORKER, Role.SUPERVISOR, Role.HOTLINE_ANALYST)


@dataclass(frozen=True)
class Party:
    """Who speaks for an agency. ``user`` is its officer at the partner desk; by phone, the one of us who heard it."""

    organisation: Organisation
    user: User | None = None
    via: str = Via.LINK

    @property
    def actor(self) -> str:
        return self.user.code if self.user else f"org:{self.organisation.code}"


def visible_referrals(user: User) -> QuerySet[Referral]:
    """A supervisor's all; of others, those of cases they may read, and those without a case that they wrote."""
    if may(user, Role.SUPERVISOR):
        return Referral.objects.all()
    if may(user, *REFERRERS):
        return Referral.objects.filter(Q(case__in=policy.visible_cases(user)) | Q(case=None, drafted_by=user))
    return Referral.objects.none()


def referrals_of_agency(organisation: Organisation | None) -> QuerySet[Referral]:
    """What an agency may see: what was sent to it, and nothing else."""
    if organisation is None:
        return Referral.objects.none()
    return Referral.objects.filter(to=organisation, sent_at__isnull=False)


def can_refer(user: User, case: Case | None) -> bool:
    """A running case that one works on; what hangs on no case was judged by the room it comes from."""
    return may(user, *REFERRERS) if case is None else policy.can_begin(user, case)


def can_read_packet(user: User, referral: Referral) -> bool:
    """The words of a packet: who wrote the referral, who owns its case, and supervisors; not everybody let in."""
    if not can_work_on(user, referral):
        return False
    return (
        referral.drafted_by_id == user.pk
        or referral.case is None
        or (policy.relation(user, referral.case) in {policy.OWNER, policy.LEAD})
    )


def can_work_on(user: User, referral: Referral) -> bool:
    return visible_referrals(user).filter(pk=referral.pk).exists()


def needs_second_person(referral: Referral) -> bool:
    """Passing on without a yes always does; else what the centre says about the writer's role and the urgency."""
    if referral.consent_state == ConsentState.ASKED:
        return True
    needing = setting("approval", "needed_for")
    free = [role for role in REFERRERS if role not in needing]
    return referral.urgency not in setting("approval", "at_once_for") and not may(referral.drafted_by, *free)


def can_approve(user: User, referral: Referral) -> bool:
    if not can_work_on(user, referral):
        return False
    if needs_second_person(referral):
        return may(user, Role.SUPERVISOR) and user.pk != referral.drafted_by_id
    return may(user, Role.SUPERVISOR) or user.pk == referral.drafted_by_id


def can_add_facts(user: User, referral: Referral) -> bool:
    """Another version of the packet: the writer while it is a draft, later only who may approve alone."""
    if referral.status == ReferralStatus.DRAFT:
        return can_work_on(user, referral)
    return can_work_on(user, referral) and may(user, Role.SUPERVISOR)


def speaks_for(party: Party, referral: Referral) -> bool:
    """The agency it was sent to, and of its officers only who works there now. By phone one of us writes it down."""
    if party.organisation.pk != referral.to_id or referral.sent_at is None:
        return False
    if party.via == Via.DESK:
        works_at = organisation_of(party.user) if party.user else None
        return works_at is not None and works_at.pk == referral.to_id
    return party.via != Via.PHONE or (party.user is not None and can_work_on(party.user, referral))
