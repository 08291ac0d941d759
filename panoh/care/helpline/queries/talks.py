"""One conversation as one screen."""

from dataclasses import dataclass

from panoh.care.cases import public as cases
from panoh.ground.accounts.public import User
from panoh.ground.vault import public as vault

from .. import policy
from ..models import OPEN, Contact, Counsellor, HelpRequest, Talk, Transfer, UrgencyChange
from .contacts import summary_of
from .lines import ShownLine, shown_lines
from .people import break_due, colleagues


@dataclass(frozen=True, slots=True)
class Judged:
    """One change of urgency and, where somebody wrote it down, why."""

    change: UrgencyChange
    reason: str


@dataclass(frozen=True, slots=True)
class TalkPage:
    """Everything the page of one talk shows."""

    talk: Talk
    lines: list[ShownLine]
    contact: Contact
    summary: str
    judged: list[Judged]
    moves: list[Transfer]
    can: dict[str, bool]
    earlier: int
    help: HelpRequest | None
    colleagues: list[Counsellor]
    break_due: bool
    cases: list[cases.Case]
    open_case: str  # the address of the form that opens one, "" for those who may not

    @property
    def last(self) -> int:
        """The cursor from which the open page goes on."""
        return max((shown.line.version for shown in self.lines), default=0)


def my_talks(user: User) -> list[Talk]:
    """The open talks this person holds."""
    held = Talk.objects.filter(assignee=user).exclude(status="closed").select_related("conversation")
    return list(held.order_by("urgency", "opened_at"))


def readable_talks(user: User, references: list[str]) -> list[Talk]:
    """Talks with these references, as far as this person may read them."""
    talks = policy.visible_talks(user).filter(conversation__reference__in=references)
    return list(talks.select_related("conversation"))


def talk_page(user: User, talk: Talk, *, script: str = "") -> TalkPage:
    """The talk as this person may see it; staff notes included."""
    can = _can(user, talk)
    return TalkPage(
        talk=talk,
        lines=shown_lines(talk, script=script),
        contact=talk.contact,
        summary=summary_of(talk.contact),
        judged=[_judged(talk, one) for one in talk.urgency_changes.select_related("by").order_by("at")],
        moves=list(talk.transfers.exclude(kind="offer").select_related("frm", "to").order_by("at")),
        can=can,
        earlier=_earlier(talk),
        help=talk.help_requests.filter(answered_at=None).select_related("by").first(),
        colleagues=colleagues(user, talk.language) if can["transfer"] else [],
        break_due=break_due(user),
        cases=list(cases.visible_cases(user).filter(links__conversation=talk.conversation)),
        open_case=_opening(user, talk) if can["mine"] or can["supervise"] else "",
    )


def _opening(user: User, talk: Talk) -> str:
    conversation = talk.conversation
    return cases.opening_path(user, conversation, kind="talk", reference=conversation.reference)


def _judged(talk: Talk, change: UrgencyChange) -> Judged:
    if not change.reason:
        return Judged(change, "")
    where = f"helpline.urgency:{talk.pk}"
    try:
        return Judged(change, vault.unseal(talk.conversation.data_key, bytes(change.reason), where=where))
    except vault.ErasedError:
        return Judged(change, "")


def _can(user: User, talk: Talk) -> dict[str, bool]:
    mine = talk.assignee_id == user.pk
    supervise = policy.can_supervise(user, talk)
    return {
        "answer": policy.can_answer(user, talk),
        "accept": policy.can_accept(user, talk),
        "wrap_up": policy.can_wrap_up(user, talk),
        "supervise": supervise,
        "transfer": policy.can_wrap_up(user, talk) or (supervise and talk.assignee_id is not None),
        "take_over": supervise and not mine and talk.assignee_id is not None,
        "whisper": (mine or supervise) and talk.status in OPEN,
        "judge": (mine or supervise) and talk.status in OPEN,
        "mine": mine,
    }


def _earlier(talk: Talk) -> int:
    """How many talks the same person had before; never which."""
    identity = talk.conversation.identity
    return identity.conversations.exclude(pk=talk.pk).count() if identity else 0
