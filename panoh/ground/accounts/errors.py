"""Refusals fit to show a person."""


class PersonRefusedError(Exception):
    """A change to a person's account that cannot be made; the message says why."""


class InvitationRefusedError(Exception):
    """An invitation that cannot be made or used; the message says why."""
