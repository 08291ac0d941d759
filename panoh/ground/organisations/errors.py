"""Refusals about organisations and numbers, fit to show."""


class NumberRefusedError(ValueError):
    """This number cannot be changed so."""
