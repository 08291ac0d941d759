"""Who may see and do what at the helpline. The only place that knows."""

from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from panoh.care.cases import public as cases
from panoh.ground.accounts.public import Role, User, may

from . import rules
from .models import OPEN, Contact, Counsellor, Drill, Presence, Status, Talk

DESK = (Role.COUNSELLOR, Role.SUPERVISOR)
READERS = (*DESK, Role.CASEWORKER)


def visible_talks(user: User) -> QuerySet[Talk]:
    """Talks whose words this person may read: a supervisor's all, a counsellor's own; finished ones for a time.

    Longer only while the talk is on an open case of theirs; a caseworker reads finished talks on their cases.
    """
    now = timezone.now()
    if may(user, Role.SUPERVISOR):
        since = now - timedelta(days=rules.number("access", "supervisor_finished_days", default=30))
        return Talk.objects.filter(~Q(status=Status.CLOSED) | Q(closed_at__gte=since))
    if not may(user, *READERS):
        return Talk.objects.none()
    since = now - timedelta(hours=rules.number("access", "finished_talk_hours", default=72))
    own = Q(assignee=user) & (~Q(status=Status.CLOSED) | Q(closed_at__gte=since))
    on_case = Q(status=Status.CLOSED, pk__in=cases.conversations_open_to(user))
    return Talk.objects.filter(own | on_case if may(user, Role.COUNSELLOR) else on_case)


def takeable_talks(user: User) -> QuerySet[Talk]:
    """Waiting talks that this person could accept; their words stay hidden until then."""
    waiting = Talk.objects.filter(status=Status.WAITING)
    if may(user, Role.SUPERVISOR):
        return waiting
    counsellor = Counsellor.objects.filter(user=user).first()
    if counsellor is None or not may(user, Role.COUNSELLOR) or not is_vetted(counsellor):
        return Talk.objects.none()
    return waiting.filter(language__in=spoken(counsellor))


def visible_contacts(user: User) -> QuerySet[Contact]:
    """Finished contacts: one's own, or all for a supervisor."""
    final = Contact.objects.filter(status="final")
    if may(user, Role.SUPERVISOR):
        return final
    return final.filter(by=user) if may(user, Role.COUNSELLOR) else Contact.objects.none()


def is_vetted(counsellor: Counsellor) -> bool:
    """Vetted, and not yet expired: without it nobody talks to a child."""
    today = timezone.localdate()
    return bool(counsellor.vetted_on and counsellor.vetting_expires_on and counsellor.vetting_expires_on >= today)


def spoken(counsellor: Counsellor) -> list[str]:
    """Who speaks Uzbek reads both its scripts."""
    languages = set(counsellor.languages.split())
    if languages & {"uz", "uz-cyrl"}:
        languages |= {"uz", "uz-cyrl"}
    return sorted(languages)


def can_accept(user: User, talk: Talk) -> bool:
    return talk.status == Status.WAITING and takeable_talks(user).filter(pk=talk.pk).exists()


def has_room(user: User) -> bool:
    """One more talk fits: on, and under the capacity."""
    counsellor = Counsellor.objects.filter(user=user).first()
    if counsellor is None:
        return may(user, Role.SUPERVISOR)
    held = Talk.objects.filter(assignee=user, status__in=[Status.ACTIVE, Status.ON_HOLD]).count()
    return counsellor.presence == Presence.ON and held < counsellor.capacity


def can_answer(user: User, talk: Talk) -> bool:
    """Write to the person: only who holds the talk, while it is open."""
    return talk.assignee_id == user.pk and talk.status in {Status.ACTIVE, Status.ON_HOLD} and may(user, *DESK)


def can_supervise(user: User, talk: Talk) -> bool:
    return may(user, Role.SUPERVISOR) and talk.status in OPEN


def can_whisper(user: User, talk: Talk) -> bool:
    """Notes among staff, and a judgement of urgency: who holds the talk and who supervises, until it has ended."""
    return talk.status in OPEN and (talk.assignee_id == user.pk or can_supervise(user, talk))


can_judge = can_whisper


def can_be_given_talks(user: User) -> bool:
    """A talk is handed only to who may talk to children: a counsellor is vetted, a lead answers for themselves."""
    counsellor = Counsellor.objects.filter(user=user).first()
    if counsellor is None:
        return may(user, Role.SUPERVISOR)
    return may(user, *DESK) and is_vetted(counsellor)


def can_wrap_up(user: User, talk: Talk) -> bool:
    return talk.assignee_id == user.pk and talk.status in {Status.ACTIVE, Status.ON_HOLD, Status.WRAP_UP}


def can_amend(user: User, contact: Contact) -> bool:
    """A finished contact is corrected by its counsellor for some hours, later by a supervisor."""
    if contact.status != "final" or contact.finalized_at is None or contact.forgotten_at:
        return False
    age = timezone.now() - contact.finalized_at
    fresh = age <= timedelta(hours=rules.number("access", "contact_edit_hours", default=24))
    return may(user, Role.SUPERVISOR) or (contact.by_id == user.pk and fresh and may(user, Role.COUNSELLOR))


def can_lead(user: User) -> bool:
    """Rota, vetting, complaints, held words: the supervisor's work."""
    return may(user, Role.SUPERVISOR)


def can_see_complaint(user: User, about_id: int | None) -> bool:
    """Never the one it is about, supervisor or not."""
    return may(user, Role.SUPERVISOR) and about_id != user.pk


def can_practise(user: User) -> bool:
    return may(user, *DESK)


def visible_drills(user: User) -> QuerySet[Drill]:
    """Practice talks: one's own, or all for a supervisor."""
    if may(user, Role.SUPERVISOR):
        return Drill.objects.all()
    return Drill.objects.filter(trainee=user) if may(user, Role.COUNSELLOR) else Drill.objects.none()


def can_debrief(user: User, drill: Drill) -> bool:
    """A supervisor, never one's own."""
    return may(user, Role.SUPERVISOR) and drill.ended_at is not None and drill.trainee_id != user.pk
