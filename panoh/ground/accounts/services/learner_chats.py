"""A learner and their chat with our bot: let in by it, reminded in it, and parted from it again.

The page shows a code, the learner sends it to the bot. To come in, the bot answers with six digits for the browser that
asked: nobody comes in with digits that were sent to another's chat unless they hand them over.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from panoh.ground.audit import public as audit
from panoh.ground.notify import public as notify
from panoh.ground.vault import public as vault

from ..chat_codes import draw_code, read_code
from ..errors import LearnerRefusedError, SignInRefusedError
from ..models import Learner, SignIn, Way
from ..queries import learners as queries
from .learners import LIVES, code_hash, notice_version, setting


@dataclass(frozen=True)
class Asked:
    """``browser`` is the token for the browser that asked, "" for who is signed in; ``code`` is for the bot."""

    browser: str
    code: str


def ask_by_chat(*, language: str, back: str = "", learner: Learner | None = None) -> Asked:
    """A code for the bot: to be let in, or for ``learner``, who is in, to be reminded there.

    Raises ``SignInRefusedError`` where there is no bot, or too much was asked for lately.
    """
    if not notify.telegram_available():
        raise SignInRefusedError("way")
    now = timezone.now()
    lately = SignIn.objects.filter(asked_at__gt=now - timedelta(minutes=1)).count()
    if lately >= setting("codes_per_minute", 600):
        raise SignInRefusedError("many")
    browser, code, key = secrets.token_urlsafe(24), draw_code(), vault.new_key("sign_in")
    with transaction.atomic():
        if learner is not None:
            _drop_asked(learner)
        SignIn.objects.create(
            key=key,
            way=Way.TELEGRAM,
            address=b"",
            address_hash="",
            browser_hash=vault.lookup(browser, purpose=queries.SIGN_IN_PURPOSE),
            link_hash=vault.lookup(code, purpose=queries.CHAT_PURPOSE),
            code_hash=code_hash(key, secrets.token_urlsafe(16)),
            language=language,
            consent=notice_version(),
            back=back[:200],
            learner=learner,
            asked_at=now,
            expires_at=now + LIVES,
        )
    return Asked("" if learner else browser, code)


def _drop_asked(learner: Learner) -> None:
    """An earlier code of the same learner stops working."""
    over = list(SignIn.objects.filter(learner=learner, used_at=None).values_list("pk", "key"))
    vault.destroy_keys([key for _pk, key in over], reason="accounts.sign_in_over")
    SignIn.objects.filter(pk__in=[pk for pk, _key in over]).delete()


@transaction.atomic
def hear_chat(chat: str, typed: str) -> str:
    """What the bot answers to a code that was sent to it from this chat; "" when it is none of ours."""
    code = read_code(typed)
    if not code:
        return ""
    lookup = vault.lookup(code, purpose=queries.CHAT_PURPOSE)
    waiting = queries.open_sign_ins().select_for_update(of=("self",)).filter(way=Way.TELEGRAM, link_hash=lookup)
    asked = waiting.select_related("learner").first()
    if asked is None:
        return ""
    with translation.override(asked.language):
        return _link(asked, chat) if asked.learner else _give_digits(asked, chat)


def _give_digits(asked: SignIn, chat: str) -> str:
    """Six digits for the browser; whoever sends the code again gets new ones, in the chat that sent it last."""
    digits, address = f"{secrets.randbelow(10**6):06}", queries.chat_address(chat)
    asked.address = vault.seal(asked.key, address, where=queries.where_asked(asked.key))
    asked.address_hash = vault.lookup(address, purpose=queries.ADDRESS_PURPOSE)
    asked.code_hash = code_hash(asked.key, digits)
    asked.save(update_fields=["address", "address_hash", "code_hash"])
    said = _("Your code: %(code)s. It works once, for 15 minutes.") % {"code": digits}
    return f"{said}\n" + _("Type it into the page you opened yourself. Give it to nobody.")


def _link(asked: SignIn, chat: str) -> str:
    learner, address = asked.learner, queries.chat_address(chat)
    assert learner is not None  # noqa: S101 (hear_chat looked)
    try:
        with transaction.atomic():
            Learner.objects.filter(pk=learner.pk).update(
                telegram=vault.seal(learner.key, chat, where=queries.where(learner.pk, "telegram")),
                telegram_hash=vault.lookup(address, purpose=queries.ADDRESS_PURPOSE),
            )
    except IntegrityError:
        return _("This chat belongs to another account of ours already.")
    SignIn.objects.filter(pk=asked.pk).update(used_at=timezone.now())
    vault.destroy_keys([asked.key], reason="accounts.signed_in")
    audit.record("learner.chat_linked", thing=str(learner.pk), actor=str(learner.pk))
    return _("We remind you of your course here, too. You can stop this in your account at any time.")


@transaction.atomic
def unlink_chat(learner: Learner) -> None:
    """No more word in the chat, and its number is forgotten. Whoever comes in by Telegram alone keeps it."""
    held = Learner.objects.select_for_update().get(pk=learner.pk)
    if held.way == Way.TELEGRAM:
        raise LearnerRefusedError(_("Telegram is how you sign in. Switch reminders off, or delete your account."))
    Learner.objects.filter(pk=held.pk).update(telegram=b"", telegram_hash=None)
    _drop_asked(held)
    audit.record("learner.chat_unlinked", thing=str(held.pk), actor=str(held.pk))


def forget_chat(chat: str) -> None:
    """Somebody erased all they have with our bot: no account knows the chat any more, unless it is how they sign in."""
    hashed = vault.lookup(queries.chat_address(chat), purpose=queries.ADDRESS_PURPOSE)
    learner = Learner.objects.filter(telegram_hash=hashed).exclude(way=Way.TELEGRAM).first()
    if learner is not None:
        unlink_chat(learner)
