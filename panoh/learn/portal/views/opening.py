"""What a page with recordings may do that no other page may. How a page is opened at all: ``ui/opening.py``."""

from collections.abc import Sequence
from typing import Any

from csp.constants import SELF
from django.http import HttpResponse

from panoh.ground.ui.opening import KEPT_SECONDS as KEPT_SECONDS
from panoh.ground.ui.opening import hushed as hushed
from panoh.ground.ui.opening import language as language
from panoh.ground.ui.opening import open_page as open_page


def let_play(response: HttpResponse, recorded: Sequence[Any]) -> None:
    """A page with recordings may play those of our own house, and no other page may."""
    if recorded:
        response._csp_update = {"media-src": [SELF]}  # type: ignore[attr-defined]  # a mark for the middleware
