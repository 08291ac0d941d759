"""Refusals of the helpline, fit to show a person at the desk."""


class TalkRefusedError(Exception):
    """What was asked cannot be done with this talk now; the text says why."""


class ContactRefusedError(Exception):
    """The contact cannot be finished or changed like this."""


class ShiftRefusedError(Exception):
    """The rota or a person's presence cannot change like this."""


class CallRefusedError(Exception):
    """A call cannot be logged or returned like this."""


class DrillRefusedError(Exception):
    """This cannot be done with a practice talk now."""


REFUSALS = (TalkRefusedError, ContactRefusedError, ShiftRefusedError, CallRefusedError, DrillRefusedError)
