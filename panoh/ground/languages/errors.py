"""Refusals of the words a child reads."""


class UnknownWordError(LookupError):
    """No text stands under this code in this language."""


class UnreviewedError(RuntimeError):
    """Production shows and sends no text that nobody reviewed."""


class ReviewRefusedError(ValueError):
    """This review cannot be written down."""
