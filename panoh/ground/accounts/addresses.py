"""What a learner typed as an address, as it is sent to. Pure of Django."""

import re

_EMAIL = re.compile(r"[^@\s<>\",;:\\()\[\]]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z0-9-]{2,}")
_PHONE = re.compile(r"\+[1-9][0-9]{8,14}")
COUNTRY_CODE = "998"


def read_email(text: str) -> str:
    """``text`` as an e-mail address in lower-case letters; empty when it is none."""
    address = text.strip().lower()
    return address if len(address) <= 254 and _EMAIL.fullmatch(address) else ""


def read_phone(text: str) -> str:
    """``text`` as +998901234567; empty when it is no number. Nine digits are a number of this country."""
    digits = re.sub(r"[\s().-]", "", text.strip())
    if re.fullmatch(r"[0-9]{9}", digits):
        digits = f"+{COUNTRY_CODE}{digits}"
    elif not digits.startswith("+"):
        digits = f"+{digits}"
    return digits if _PHONE.fullmatch(digits) else ""
