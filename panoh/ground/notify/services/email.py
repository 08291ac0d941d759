"""Letters by Django's mail."""

import smtplib

from django.core.mail import EmailMessage

from ..errors import DeliveryDelayedError, DeliveryRefusedError
from ..letters import read_letter


def send_email(address: str, text: str) -> None:
    """Hand one letter to the mail server; raises ``DeliveryRefusedError``, ``DeliveryDelayedError``."""
    letter = read_letter(text)
    try:
        EmailMessage(letter.subject, letter.body, to=[address]).send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        if codes and all(code >= 500 for code in codes):
            raise DeliveryRefusedError("recipient_refused") from None
        raise DeliveryDelayedError("recipient_delayed") from None
    except smtplib.SMTPResponseException as error:
        raise DeliveryDelayedError(f"smtp_{error.smtp_code}") from None
    except (smtplib.SMTPException, OSError):
        raise DeliveryDelayedError("smtp_unreachable") from None
