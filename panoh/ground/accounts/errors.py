"""Refusals fit to show a person."""


class PersonRefusedError(Exception):
    """A change to a person's account that cannot be made; the message says why."""


class InvitationRefusedError(Exception):
    """An invitation that cannot be made or used; the message says why."""


class SignInRefusedError(Exception):
    """A learner cannot be let in now; ``why`` is ``code``, ``over``, ``many``, ``address`` or ``way``."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class LearnerRefusedError(Exception):
    """A change a learner cannot make; the message says why."""
