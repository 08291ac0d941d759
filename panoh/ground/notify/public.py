"""The front door of every outgoing letter, text message and webhook."""

from .errors import DeliveryDelayedError, DeliveryRefusedError
from .services.delivering import deliver_due, deliver_webhooks
from .services.forgetting import forget
from .services.outside import Answer, ask_outside
from .services.sms import sms_available
from .services.telegram import register_telegram, telegram_available
from .services.telling import tell_email, tell_sms, tell_telegram
from .services.webhook import can_be_told, tell_webhook

__all__ = [
    "Answer",
    "DeliveryDelayedError",
    "DeliveryRefusedError",
    "ask_outside",
    "can_be_told",
    "deliver_due",
    "deliver_webhooks",
    "forget",
    "register_telegram",
    "sms_available",
    "telegram_available",
    "tell_email",
    "tell_sms",
    "tell_telegram",
    "tell_webhook",
]
