"""The way in for an agency without an account: a link by letter, a code by another way, one browser, one referral."""

import hmac
import secrets
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from panoh.ground.accounts.public import User
from panoh.ground.audit import public as audit
from panoh.ground.common.centre import centre
from panoh.ground.notify import public as notify
from panoh.ground.vault import public as vault

from .. import referral_policy
from ..errors import LinkRefusedError, ReferralRefusedError
from ..models import PartnerLink, Referral, Via
from ..referral_settings import setting
from .referral_moves import change, lock_referral, write_down
from .referral_notices import focal_of, tell_them, tell_us

TOKEN, SESSION, CODE = "cases.link", "cases.link_session", "cases.link_code"


class NewLink(NamedTuple):
    """Shown once to the one of us who made it. ``code`` is empty when it went out as a text message."""

    url: str
    code: str

    def __repr__(self) -> str:
        return "NewLink(…)"


def make_link(referral: Referral, *, event: str, by: User) -> NewLink:
    """A fresh link for a locked referral; every older one, and every page opened with it, ends. Tells the agency."""
    now = timezone.now()
    referral.links.filter(withdrawn_at=None).update(withdrawn_at=now)
    token = secrets.token_urlsafe(32)
    code = "".join(secrets.choice("0123456789") for _digit in range(setting("link", "code_digits")))
    link = PartnerLink(referral=referral, token_hash=vault.lookup(token, purpose=TOKEN), issued_by=by, issued_at=now)
    link.code_hash = _code_hash(link, code)
    link.expires_at = now + timedelta(hours=setting("link", "lives_hours"))
    link.code_by = "sms" if _text_code(referral, code) else "phone"
    link.save(force_insert=True)
    change(referral, link_wanted_at=None)
    write_down(referral, "link", side="us", by=by)
    audit.record("referral.link_made", thing=referral.reference, actor=by.code, code_by=link.code_by)
    focal = focal_of(referral)
    with override(focal.language if focal else centre("default_language", default="uz")):
        url = settings.PUBLIC_URL + reverse("packet:open", args=[token])
    tell_them(referral, event, url=url, until=link.expires_at)
    return NewLink(url, "" if link.code_by == "sms" else code)


def _text_code(referral: Referral, code: str) -> bool:
    """The code as a text message to their named person, where that can be had; else somebody reads it out."""
    focal = focal_of(referral)
    if not setting("link", "digits_by_sms") or not notify.sms_available() or focal is None or not focal.phone:
        return False
    with override(focal.language):
        text = _("Panoh: your code is %(code)s. Nobody of us will ask you for it.") % {"code": code}
    notify.tell_sms(focal.phone, text)
    return True


def _code_hash(link: PartnerLink, code: str) -> str:
    return vault.lookup(f"{link.pk}:{code}", purpose=CODE)


@transaction.atomic
def renew_link(referral: Referral, *, by: User) -> NewLink:
    """Another link and code, because the first was used, lost, locked or too old."""
    held = lock_referral(referral)
    is_running = held.sent_at is not None and held.ended_at is None
    if not is_running or held.via != Via.LINK or not referral_policy.can_work_on(by, held):
        raise ReferralRefusedError(_("This referral has no link."))
    return make_link(held, event="link", by=by)


def link_state(token: str) -> str:
    """What the link behind this token is worth now: open, or why it is not (``LinkRefusedError.why``)."""
    return _state(PartnerLink.objects.filter(token_hash=vault.lookup(token, purpose=TOKEN)).first())


def _state(link: PartnerLink | None) -> str:
    if link is None:
        return "unknown"
    ended = (("withdrawn", link.withdrawn_at), ("used", link.used_at), ("locked", link.locked_at))
    for why, moment in ended:
        if moment is not None:
            return why
    return "open" if link.expires_at > timezone.now() else "expired"


def enter_code(token: str, code: str) -> str:
    """Open the link: the secret of the browser's session. Raises ``LinkRefusedError``; a wrong try is remembered."""
    session, why = _try_code(token, code)
    if not session:
        raise LinkRefusedError(why)
    _note_heard(session)
    return session


def _note_heard(session: str) -> None:
    """Who opened it knows of it. Once the link is let go: elsewhere the referral is locked before its links."""
    held = PartnerLink.objects.filter(session_hash=vault.lookup(session, purpose=SESSION))
    Referral.objects.filter(pk__in=held.values("referral")).update(untold_at=None)


@transaction.atomic
def _try_code(token: str, code: str) -> tuple[str, str]:
    """The session, or why not: refusals are returned, so that the failure that was counted is not rolled back."""
    digest = vault.lookup(token, purpose=TOKEN)
    link = PartnerLink.objects.select_for_update().filter(token_hash=digest).first()
    if link is None or (why := _state(link)) != "open":
        return "", why if link else "unknown"
    if not hmac.compare_digest(_code_hash(link, "".join(c for c in code if c.isdecimal())), link.code_hash):
        return "", _wrong(link)
    session, now = secrets.token_urlsafe(32), timezone.now()
    link.used_at, link.session_hash = now, vault.lookup(session, purpose=SESSION)
    link.session_until = now + timedelta(minutes=setting("link", "session_minutes"))
    link.save(update_fields=["used_at", "session_hash", "session_until"])
    audit.record("referral.link_opened", thing=link.referral.reference, actor=f"org:{link.referral.to.code}")
    return session, ""


def _wrong(link: PartnerLink) -> str:
    """One try fewer; after the last one the link is dead and its owner hears of it."""
    link.failures += 1
    if link.failures >= setting("link", "tries"):
        link.locked_at = timezone.now()
        write_down(link.referral, "lock", side="clock")
        tell_us(link.referral, "lock")
    link.save(update_fields=["failures", "locked_at"])
    audit.record("referral.link_refused", thing=link.referral.reference, failures=link.failures)
    return "locked" if link.locked_at else "code"


def tries_left(token: str) -> int:
    link = PartnerLink.objects.filter(token_hash=vault.lookup(token, purpose=TOKEN)).first()
    return max(0, int(setting("link", "tries")) - link.failures) if link else 0


def leave_link(session: str) -> None:
    """The browser lets go."""
    held = PartnerLink.objects.filter(session_hash=vault.lookup(session, purpose=SESSION))
    held.update(session_until=timezone.now())


@transaction.atomic
def want_link(token: str) -> None:
    """Somebody with an old link asks for a new one: its owner hears of it, once until a new one is made."""
    link = PartnerLink.objects.filter(token_hash=vault.lookup(token, purpose=TOKEN)).first()
    if link is None:
        return
    held = lock_referral(link.referral)
    if held.link_wanted_at is None and held.ended_at is None:
        change(held, link_wanted_at=timezone.now())
        audit.record("referral.link_wanted", thing=held.reference, actor=f"org:{held.to.code}")
        tell_us(held, "link_wanted")
