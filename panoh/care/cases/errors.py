"""Refusals of the case room, fit to show a person at the desk."""


class CaseRefusedError(Exception):
    """What was asked cannot be done with this case now; the text says why."""


class ReferralRefusedError(Exception):
    """What was asked cannot be done with this referral now; the text says why."""


class ReferralTakenError(ReferralRefusedError):
    """Another agency that was asked at the same time accepted first."""


class LinkRefusedError(ReferralRefusedError):
    """A link does not open. ``why``: unknown, expired, used, locked, withdrawn or code; the page says whom to phone."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class RevealRefusedError(Exception):
    """Nobody may see who this is like this; the text says why."""


REFUSALS = (CaseRefusedError, ReferralRefusedError, RevealRefusedError)
