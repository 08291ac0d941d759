"""Who may hold a line open, and what flows through it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from http.cookies import CookieError
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections
from django.http import parse_cookie

from panoh.care.helpline import public as helpline
from panoh.care.talks import public as talks
from panoh.ground.accounts.public import Role, User, may, staff_of_session
from panoh.learn.academy import public as academy
from panoh.learn.portal import public as portal

TALK_COOKIE = "talk"
BOARD = (Role.COUNSELLOR, Role.SUPERVISOR)


@dataclass(frozen=True)
class Pass:
    """The right to one stream. ``who`` counts how many one person opens; ``may`` asks the right anew."""

    who: str
    conversation: UUID | None
    audience: str
    may: Callable[[], bool]


class TalkLedger:
    """The ledger of talks as the hub reads it."""

    def lines(self, conversation: UUID, after: int, audience: str, limit: int) -> list[talks.Line]:
        return talks.lines_after(conversation, after, audience=audience, limit=limit)

    def heads(self, conversations: list[UUID]) -> dict[UUID, int]:
        return talks.heads(conversations)


def person_pass(cookies: str) -> Pass | None:
    """A person's own talk, by the cookie of their browser."""
    token = _cookie(cookies, TALK_COOKIE)
    conversation = talks.conversation_by_visit(token)
    if conversation is None:
        return None
    return Pass(
        who=f"talk:{conversation.pk}",
        conversation=conversation.pk,
        audience=talks.Audience.ALL,
        may=partial(_still_visits, token, conversation.pk),
    )


def staff_pass(cookies: str, reference: str) -> Pass | None:
    """A talk on the desk of a signed-in member of staff; with no reference, the board alone. Hidden is missing."""
    session = _cookie(cookies, settings.SESSION_COOKIE_NAME)
    user = staff_of_session(session) if session else None
    if user is None:
        return None
    conversation = _by_reference(reference) if reference else None
    if reference and (conversation is None or not helpline.may_follow(user, conversation)):
        return None
    if not reference and not may(user, *BOARD):
        return None
    return Pass(
        who=f"staff:{user.pk}",
        conversation=conversation,
        audience=talks.Audience.STAFF,
        may=partial(_still_follows, session, conversation),
    )


def _still_visits(token: str, conversation: UUID) -> bool:
    found = talks.conversation_by_visit(token)
    return found is not None and found.pk == conversation


def _still_follows(session: str, conversation: UUID | None) -> bool:
    user = staff_of_session(session)
    if user is None:
        return False
    return may(user, *BOARD) if conversation is None else helpline.may_follow(user, conversation)


def _by_reference(reference: str) -> UUID | None:
    return talks.Conversation.objects.filter(reference=reference[:32]).values_list("pk", flat=True).first()


def _cookie(header: str, name: str) -> str:
    try:
        return parse_cookie(header).get(name, "")
    except CookieError:
        return ""


def shown_to_person(line: talks.Line) -> dict[str, Any]:
    """A line as the person's own page needs it: nothing about staff but the name they are shown under."""
    return {
        "seq": line.seq,
        "version": line.version,
        "direction": line.direction,
        "kind": line.kind,
        "text": line.text,
        "said_at": line.said_at.isoformat(),
        "delivery": line.delivery,
        "revised": line.revised,
        "author_name": line.author_name,
        "buttons": line.meta.get("buttons", []),
    }


def shown_to_staff(line: talks.Line) -> dict[str, Any]:
    return {
        **shown_to_person(line),
        "audience": line.audience,
        "author_code": line.author_code,
        "delivery_reason": line.delivery_reason,
        "meta": line.meta,
    }


def nobody_works_here() -> bool:
    """True for a centre without a single account: a new one."""
    return not User.objects.exists()


def edition() -> str:
    """What the portal has published last; asked from a thread of the front's own."""
    close_old_connections()
    return f"{portal.edition()}/{academy.edition()}"
