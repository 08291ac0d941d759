"""Too many talks at once: a small sum for a browser that can, a short wait for one that cannot. Never for danger.

Nothing here knows an address: a whole school behind one gets through. The sum is ALTCHA's (proof of work, SHA-256);
the wait is a stamp signed by the server that is worth nothing before ``WAIT_SECONDS`` have passed.
"""

from datetime import datetime, timedelta

import altcha.v1 as altcha

WAIT_SECONDS = 8
LIVES_SECONDS = 600
HARDNESS = 60_000


def new_sum(key: str, now: datetime) -> dict[str, object]:
    """A challenge for the browser: find ``number`` with sha256(salt + number) = challenge."""
    expires = now + timedelta(seconds=LIVES_SECONDS)
    challenge = altcha.create_challenge(
        altcha.ChallengeOptions(algorithm="SHA-256", max_number=HARDNESS, hmac_key=key, expires=expires)
    )
    return {
        "algorithm": challenge.algorithm,
        "challenge": challenge.challenge,
        "max": HARDNESS,
        "salt": challenge.salt,
        "signature": challenge.signature,
    }


def is_solved(payload: str, key: str) -> bool:
    """Is this the base64 JSON of a right and fresh solution?"""
    if not payload or len(payload) > 2000:
        return False
    try:
        solved, _reason = altcha.verify_solution(payload, key, check_expires=True)
    except (ValueError, KeyError, TypeError):
        return False
    return bool(solved)
