"""What the pages of this room share: a refusal goes back into the form it came from."""

from collections.abc import Callable

from django import forms

from ..errors import NumberRefusedError, OrganisationRefusedError


def attempt(form: forms.Form, act: Callable[[], object]) -> bool:
    """Whether the form was right and ``act`` was not refused."""
    if not form.is_bound or not form.is_valid():
        return False
    try:
        act()
    except (NumberRefusedError, OrganisationRefusedError) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True
