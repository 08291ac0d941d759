"""What of the playroom the street may see."""

from collections.abc import Mapping

from django.conf import settings

from panoh.ground.accounts.public import Role

from .tree import Piece

COUNT_READERS = (Role.EDITOR, Role.TRANSLATOR, Role.TRAINING_COORDINATOR, Role.ANALYST, Role.ADMINISTRATOR)

# About these a child may not want to be seen reading: nothing is stored, the tab's title says nothing.
HUSHED = "sexual"
# What can be taken along of each kind.
FORMS: Mapping[str, tuple[str, ...]] = {
    "stories": ("pdf", "epub", "zip"), "cards": ("pdf", "zip"), "workbook": ("pdf", "zip"), "challenge": ("pdf", "zip"),
    "quizzes": ("pdf", "zip"), "episodes": ("pdf", "epub", "zip"), "paths": ("zip",),
}  # fmt: skip


def may_show(piece: Piece, language: str) -> bool:
    """A sentence to a child that nobody read aloud first does not leave the house.

    What a person reviewed in one script is not reviewed in the other.
    """
    return not settings.PRODUCTION or piece.is_reviewed(language)


def is_quiet(piece: Piece) -> bool:
    return any(HUSHED in str(risk) for risk in piece.structure.get("risks", []))


def forms_of(piece: Piece) -> tuple[str, ...]:
    """Of what a child may not want to be seen reading only sheets for whoever leads it, no pack on a shared phone."""
    forms = FORMS.get(piece.kind, ())
    return tuple(form for form in forms if form == "pdf") if is_quiet(piece) else forms
