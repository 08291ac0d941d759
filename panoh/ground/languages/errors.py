"""Refusals of the words a child reads, and of scripts."""


class UnknownWordError(LookupError):
    """No text stands under this code in this language."""


class UnreviewedError(RuntimeError):
    """Production shows and sends no text that nobody reviewed."""


class ReviewRefusedError(ValueError):
    """This review cannot be written down."""


class UnknownPairError(ValueError):
    """No variant is derived from this language to that one."""


class VariantOffError(RuntimeError):
    """The centre has not turned this variant on."""


class OverrideRefusedError(ValueError):
    """These words cannot stand in for the derived ones."""
