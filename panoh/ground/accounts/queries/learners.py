"""Reads about learners: whose browser this is, their names, what we hold of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from panoh.ground.common.asking import Question
from panoh.ground.vault import public as vault

from ..models import Learner, LearnerSession, SignIn, Way

COOKIE = "learner"
SESSION_PURPOSE = "accounts.learner_session"
SIGN_IN_PURPOSE = "accounts.sign_in"
ADDRESS_PURPOSE = "accounts.learner_address"
CHAT_PURPOSE = "accounts.learner_chat_code"

Tell = Callable[[Learner], dict[str, Any]]
Forget = Callable[[Learner], None]
_rooms: dict[str, tuple[Tell, Forget]] = {}


@dataclass(frozen=True)
class Names:
    """How a learner's name is written; empty where nothing was said yet."""

    latin: str
    cyrillic: str
    are_reviewed: bool

    def in_script(self, language: str) -> str:
        """The name for a text of this language; the other script where one is missing."""
        first, second = (
            (self.cyrillic, self.latin) if language in {"ru", "uz-cyrl", "kaa-cyrl"} else (self.latin, self.cyrillic)
        )
        return first or second


def register_learner_room(room: str, *, tell: Tell, forget: Forget) -> None:
    """A room above that holds something of learners: what it tells them, and how it forgets one who goes."""
    _rooms[room] = (tell, forget)


def rooms() -> dict[str, tuple[Tell, Forget]]:
    return dict(_rooms)


def learner_of(request: HttpRequest) -> Learner | None:
    """Who learns in this browser. Asked once a request, and only when the browser brings the cookie."""
    if not hasattr(request, "_learner"):
        request._learner = learner_by_session(request.COOKIES.get(COOKIE, ""))  # type: ignore[attr-defined]
    found: Learner | None = request._learner  # type: ignore[attr-defined]
    return found


def learner_by_session(token: str) -> Learner | None:
    if not token:
        return None
    hashed = vault.lookup(token, purpose=SESSION_PURPOSE)
    session = OPEN_SESSION.first(now=timezone.now(), token_hash=hashed)
    return session.learner if session else None


def _open_session(now: datetime, token_hash: str) -> QuerySet[LearnerSession]:
    open_ones = LearnerSession.objects.filter(expires_at__gt=now).select_related("learner")
    return open_ones.filter(token_hash=token_hash)


OPEN_SESSION = Question(_open_session, now=datetime, token_hash=str)


def learner_for(uuid: UUID | str) -> Learner:
    """The gate to a learner for rooms above, which ask first who may."""
    return get_object_or_404(Learner, pk=uuid)


def learner_by_address(address: str) -> Learner | None:
    """``address`` as ``addresses.py`` reads it."""
    hashed = vault.lookup(address, purpose=ADDRESS_PURPOSE)
    return Learner.objects.filter(Q(address_hash=hashed) | Q(telegram_hash=hashed)).first()


def chat_address(chat: str) -> str:
    """A chat with our bot as an address."""
    return f"telegram:{chat}"


def learner_chat(learner: Learner) -> str:
    """The number of the chat in which the learner wants to be reminded; "" without one."""
    return opened(learner, "telegram")


def waiting_sign_in(browser: str) -> SignIn | None:
    """The sign-in that this browser asked for, while it may still be finished."""
    if not browser:
        return None
    asked = open_sign_ins().filter(browser_hash=vault.lookup(browser, purpose=SIGN_IN_PURPOSE), learner=None)
    return asked.first()


def sign_in_by_link(token: str) -> SignIn | None:
    return open_sign_ins().filter(link_hash=vault.lookup(token, purpose=SIGN_IN_PURPOSE)).first() if token else None


def open_sign_ins() -> QuerySet[SignIn]:
    return SignIn.objects.filter(used_at=None, expires_at__gt=timezone.now())


def learner_names(learner: Learner) -> Names:
    return Names(opened(learner, "name_latin"), opened(learner, "name_cyrillic"), learner.names_reviewed_at is not None)


def names_of(learners: Iterable[Learner]) -> dict[UUID, Names]:
    """Names by the uuid of the learner, for lists."""
    return {learner.pk: learner_names(learner) for learner in learners}


def learner_address(learner: Learner) -> str:
    """The e-mail address or telephone number; for the learner's own eyes and for sending."""
    return opened(learner, "address")


def launched_as(learner: Learner) -> tuple[str, str]:
    """Issuer and number of a learner whom another learning system brings; two empty texts for any other."""
    if learner.way != Way.LTI:
        return "", ""
    issuer, _, subject = learner_address(learner).partition(" ")
    return issuer, subject


def opened(learner: Learner, field: str) -> str:
    sealed = getattr(learner, field)
    try:
        return vault.unseal(learner.key, sealed, where=where(learner.pk, field)) if sealed else ""
    except vault.ErasedError:
        return ""


def where(uuid: UUID, field: str) -> str:
    return f"accounts.learner.{field}:{uuid}"


def where_asked(key: UUID) -> str:
    return f"accounts.sign_in:{key}"


def everything_of(learner: Learner) -> dict[str, Any]:
    """All that is held of a learner, in every room, as they download it."""
    names = learner_names(learner)
    told: dict[str, Any] = {
        "account": {
            "number": str(learner.pk),
            "way": learner.way,
            "address": learner_address(learner),
            "telegram": learner_chat(learner),
            "name_latin": names.latin,
            "name_cyrillic": names.cyrillic,
            "region": learner.region,
            "district": learner.district,
            "language": learner.language,
            "notice_agreed_to": learner.consent,
            "wants_reminders": learner.wants_reminders,
            "created_at": learner.created_at.isoformat(),
            "seen_at": learner.seen_at.isoformat(),
        }
    }
    return told | {room: tell(learner) for room, (tell, _) in rooms().items()}
