"""Refusals of training, fit to show a person."""


class TrainingRefusedError(Exception):
    """The sentence says why, and what was kept."""
