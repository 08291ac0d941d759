"""Writing a message down, sealed, before anything is sent."""

from django.db import transaction
from django.template import Context, Engine
from django.utils.translation import override

from panoh.ground.vault import public as vault

from ..errors import DeliveryRefusedError
from ..letters import Letter, read_letter
from ..models import Channel, Outgoing
from .sms import sms_available
from .telegram import telegram_available


def tell_email(to: str, template: str, language: str, **context: object) -> None:
    """Write a letter to ``to`` from ``<room>/mail/<name>.txt`` (first line: the subject) in ``language``.

    It goes out after the caller's transaction has committed, and is tried again when the mail server is away.
    """
    _write_down(Channel.EMAIL, to, _letter(template, language, context).as_text())


def tell_telegram(chat: str, template: str, language: str, **context: object) -> None:
    """Write the same letter to a chat, without its subject; raises ``DeliveryRefusedError`` where there is no bot."""
    if not telegram_available():
        raise DeliveryRefusedError("no_bot")
    _write_down(Channel.TELEGRAM, chat, _letter(template, language, context).body)


def _letter(template: str, language: str, context: dict[str, object]) -> Letter:
    with override(language):
        text = Engine.get_default().get_template(template).render(Context(context, autoescape=False))
    return read_letter(text)


def tell_sms(to: str, text: str) -> None:
    """Write a text message to ``to``; raises ``DeliveryRefusedError`` where there is no way to send one."""
    if not sms_available():
        raise DeliveryRefusedError("no_gateway")
    _write_down(Channel.SMS, to, text)


def where_address(key: object) -> str:
    return f"notify.address:{key}"


def where_body(key: object) -> str:
    return f"notify.body:{key}"


@transaction.atomic
def _write_down(channel: Channel, to: str, body: str) -> None:
    key = vault.new_key("notify")
    Outgoing.objects.create(
        channel=channel,
        key=key,
        address=vault.seal(key, to, where=where_address(key)),
        body=vault.seal(key, body, where=where_body(key)),
    )
