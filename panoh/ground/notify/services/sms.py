"""Text messages: through a generic HTTP gateway, or to the console in the demo centre.

The gateway gets ``POST {"to": …, "text": …}`` as JSON with ``Authorization: Bearer <PANOH_SMS_TOKEN>`` and answers
with any 2xx; 408, 429 and 5xx mean "later", any other answer means "never". It is given ten seconds.
"""

import json
import sys
import urllib.error
import urllib.request
from http.client import HTTPException

from django.conf import settings

from ..errors import DeliveryDelayedError, DeliveryRefusedError

TIMEOUT_SECONDS = 10
LATER = {408, 425, 429}


def sms_available() -> bool:
    """Whether a text message can be sent at all; where not, codes are read out by phone."""
    return bool(settings.SMS_GATEWAY) or settings.DEMO


def send_sms(address: str, text: str) -> None:
    """Hand one text message over; raises ``DeliveryRefusedError``, ``DeliveryDelayedError``."""
    if settings.SMS_GATEWAY:
        _post(settings.SMS_GATEWAY, address, text)
    elif settings.DEMO:
        sys.stdout.write(f"--- SMS to {address} ---\n{text}\n---\n")
    else:
        raise DeliveryRefusedError("no_gateway")


def _post(url: str, address: str, text: str) -> None:
    if not url.startswith(("https://", "http://")):
        raise DeliveryRefusedError("gateway_url")
    request = urllib.request.Request(  # noqa: S310 (the scheme was checked)
        url,
        data=json.dumps({"to": address, "text": text}).encode(),
        headers={"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_TOKEN}"},
        method="POST",
    )
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS):  # noqa: S310
            return
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in LATER or error.code >= 500:
            raise DeliveryDelayedError(f"http_{error.code}") from None
        raise DeliveryRefusedError(f"http_{error.code}") from None
    except (OSError, HTTPException):
        raise DeliveryDelayedError("gateway_unreachable") from None
