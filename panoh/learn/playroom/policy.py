"""What of the playroom the street may see."""

from django.conf import settings

from .tree import Piece

# About these a child may not want to be seen reading: nothing is stored, the tab's title says nothing.
HUSHED = "sexual"


def may_show(piece: Piece, language: str) -> bool:
    """A sentence to a child that nobody read aloud first does not leave the house.

    What a person reviewed in one script is not reviewed in the other.
    """
    return not settings.PRODUCTION or piece.is_reviewed(language)


def is_quiet(piece: Piece) -> bool:
    return any(HUSHED in str(risk) for risk in piece.structure.get("risks", []))
