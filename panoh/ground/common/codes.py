"""Short random codes that people can read out: no letter that looks like another."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code(length: int = 8) -> str:
    """``length`` characters of about 4.9 bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))
