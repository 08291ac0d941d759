"""Refusals about organisations, numbers and partners' systems, fit to show."""


class NumberRefusedError(ValueError):
    """This number cannot be changed so."""


class OrganisationRefusedError(ValueError):
    """This organisation, or what belongs to it, cannot be changed so; the text says why."""


class SignatureRefusedError(Exception):
    """Nobody is let in with this call. ``code``: header, signature, time, body or replayed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class AnswerRefusedError(Exception):
    """This idempotency key was used for another call."""
