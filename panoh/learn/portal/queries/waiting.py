"""Which pages wait for a second pair of eyes, for the board and for the number in the menu."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import BigIntegerField, QuerySet
from django.db.models.functions import Cast
from wagtail.models import TaskState, WorkflowState

from panoh.ground.accounts.public import User

from .. import policy
from ..models import Writing


class Waiting(NamedTuple):
    """One page as it would be read: the title is the draft's, not the one on the street."""

    pk: int
    title: str
    language: str
    audience: str
    asked_by: str
    since: datetime
    is_mine: bool  # who changed the words last cannot be who reads them


def waiting(user: User) -> list[Waiting]:
    """Who waits longest stands first. In two queries, however many wait."""
    open_ones = list(_open().select_related("workflow_state__requested_by").order_by("started_at", "pk"))
    rows = _with_drafts().in_bulk([int(one.workflow_state.object_id) for one in open_ones])
    return [_waiting(one, rows[int(one.workflow_state.object_id)], user) for one in open_ones]


def waiting_count(user: User) -> int:
    """How many of them this person could read now; in one query."""
    if not policy.can_write(user):
        return 0
    asked = _open().values(number=Cast("workflow_state__object_id", BigIntegerField()))
    others = Writing.objects.filter(pk__in=asked, latest_revision__user__isnull=False)
    return others.exclude(latest_revision__user=user.pk).count()


def _waiting(one: TaskState, row: Writing, user: User) -> Waiting:
    draft, asked_by = row.latest_revision, one.workflow_state.requested_by
    is_mine = not policy.can_approve(user, written_by=draft.user_id)
    name = asked_by.name if asked_by else ""
    return Waiting(row.pk, draft.object_str, row.language, row.audience, name, one.started_at, is_mine)


def _with_drafts() -> QuerySet[Writing]:
    return Writing.objects.select_related("locale", "latest_revision").defer("latest_revision__content")


def _open() -> QuerySet[TaskState]:
    """Saving other words meanwhile leaves the task where it was: whose words they are says the newest draft."""
    rows: QuerySet[TaskState] = TaskState.objects.filter(
        status=TaskState.STATUS_IN_PROGRESS,
        workflow_state__status=WorkflowState.STATUS_IN_PROGRESS,
        workflow_state__base_content_type=Writing.get_content_type(),
    )
    return rows
