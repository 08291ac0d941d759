"""What of the portal the street may read."""

from django.conf import settings
from django.db.models import QuerySet

from .models import Kind, Sheet

# A sentence to a child that nobody read aloud first does not leave the house.
TO_CHILDREN = "children"


def may_read(kind: str, audience: str, reviewed_by: str) -> bool:
    """The same for a row that was read already."""
    return not settings.PRODUCTION or kind != Kind.GUIDANCE or audience != TO_CHILDREN or bool(reviewed_by)


def readable_sheets(language: str) -> QuerySet[Sheet]:
    """Sheets of a language; in production those to children only when a person has reviewed them."""
    sheets = Sheet.objects.filter(language=language)
    if settings.PRODUCTION:
        sheets = sheets.exclude(kind=Kind.GUIDANCE, audience=TO_CHILDREN, reviewed_by="")
    return sheets
