"""The front door of every outgoing letter and text message."""

from .errors import DeliveryRefusedError
from .services.delivering import deliver_due
from .services.forgetting import forget
from .services.sms import sms_available
from .services.telling import tell_email, tell_sms

__all__ = ["DeliveryRefusedError", "deliver_due", "forget", "sms_available", "tell_email", "tell_sms"]
