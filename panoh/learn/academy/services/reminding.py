"""Reminders: to who was asked and did not come, to who stopped; within decent hours, and not for ever."""

import secrets
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation

from panoh.ground.accounts import public as accounts
from panoh.ground.common.centre import centre
from panoh.ground.vault import public as vault

from ..models import Enrolment, EnrolmentStatus, Invitation, InvitationStatus
from ..queries import cohorts as queries
from ..queries import mine
from .cohorts import write_invitation

REMIND_AFTER = timedelta(days=7)
REMINDERS = 3
AT_ONCE = 200


def may_write_now(now: datetime) -> bool:
    """Within the hours of ``[learners]`` in centre.toml, by the centre's clock."""
    at = timezone.localtime(now).time()
    begin = time.fromisoformat(str(centre("learners", "remind_from", default="09:00")))
    end = time.fromisoformat(str(centre("learners", "remind_until", default="19:00")))
    return begin <= at < end


def remind() -> int:
    """Write to those who were invited and did not come, and to those in a group who stopped; how many. By the clock.

    At most ``REMINDERS`` times each, a week apart, never at night, never to who does not want it.
    """
    now = timezone.now()
    if not may_write_now(now):
        return 0
    return _remind_invited(now) + _remind_idle(now)


def _remind_invited(now: datetime) -> int:
    late = Invitation.objects.filter(
        status=InvitationStatus.SENT, cohort__closed_at=None, times_reminded__lt=REMINDERS
    ).filter(_quiet_since(now, "invited_at"))
    rows = list(late.select_related("cohort__course__current", "cohort__facilitator")[:AT_ONCE])
    for invitation in rows:
        with transaction.atomic():
            token = secrets.token_urlsafe(18)
            invitation.token_hash = vault.lookup(token, purpose=queries.TOKEN_PURPOSE)
            invitation.reminded_at, invitation.times_reminded = now, invitation.times_reminded + 1
            invitation.save(update_fields=["token_hash", "reminded_at", "times_reminded"])
            address = queries.opened(invitation, "address")
            if address:
                write_invitation(
                    address, "academy/mail/invited_again.txt", invitation.language, invitation.cohort, token
                )
    return len(rows)


def _quiet_since(now: datetime, since: str) -> Q:
    edge = now - REMIND_AFTER
    return Q(**{f"{since}__lt": edge}) & (Q(reminded_at=None) | Q(reminded_at__lt=edge))


def _remind_idle(now: datetime) -> int:
    idle = (
        Enrolment.objects.filter(
            status=EnrolmentStatus.ACTIVE,
            times_reminded__lt=REMINDERS,
            learner__wants_reminders=True,
            memberships__cohort__closed_at=None,
        )
        .filter(_quiet_since(now, "seen_at"))
        .select_related("learner", "edition__course")
        .distinct()
    )
    rows = list(idle[:AT_ONCE])
    return sum(_remind_learner(enrolment, now) for enrolment in rows)


@transaction.atomic
def _remind_learner(enrolment: Enrolment, now: datetime) -> bool:
    learner = enrolment.learner
    if learner is None:
        return False
    Enrolment.objects.filter(pk=enrolment.pk).update(reminded_at=now, times_reminded=enrolment.times_reminded + 1)
    with translation.override(learner.language):
        link = settings.PUBLIC_URL + reverse("academy:mine")
        account = settings.PUBLIC_URL + reverse("learner:account")
    title = mine.words_in(enrolment.edition, learner.language)["title"]
    return accounts.tell_learner(learner, "academy/mail/go_on.txt", link=link, account=account, course=title)


def forget_invitations(before: datetime) -> int:
    """Forget who was invited before this moment and never came; how many."""
    old = list(Invitation.objects.filter(invited_at__lt=before).values_list("pk", "key"))
    vault.destroy_keys([key for _pk, key in old], reason="academy.forgotten")
    Invitation.objects.filter(pk__in=[pk for pk, _key in old]).delete()
    return len(old)
