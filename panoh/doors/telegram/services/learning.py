"""Adults who learn and the bot: their codes, and the reminders they asked for. Nothing of it is in any talk."""

from panoh.care.talks import public as talks
from panoh.ground.accounts import public as accounts
from panoh.ground.notify import public as notify

from ..models import ChatState
from .caller import Caller
from .errands import new_errand


def hear(caller: Caller, typed: str) -> bool:
    """Whether this was a code that the page of a learner shows; then it is answered, and kept nowhere."""
    chat = talks.external_id_of(caller.identity)
    if not (said := accounts.hear_chat(chat, typed)):
        return False
    new_errand("tell", chat_id=chat, text=said, rows=[])
    return True


def tell_chat(chat: str, text: str) -> None:
    """Write to a learner's chat; raises ``DeliveryRefusedError`` for who blocked us or said /stop."""
    identity = talks.find_identity(talks.Channel.TELEGRAM, chat)
    if identity is None:
        raise notify.DeliveryRefusedError("no_chat")
    if identity.blocked_us_at or ChatState.objects.filter(identity=identity).exclude(hidden_at=None).exists():
        raise notify.DeliveryRefusedError("blocked")
    new_errand("tell", chat_id=chat, text=text, rows=[])
