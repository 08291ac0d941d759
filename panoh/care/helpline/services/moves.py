"""Moving a talk through its life: the only code that changes its status."""

from typing import Any

from django.utils.translation import gettext as _

from panoh.ground.common import bell

from ..errors import TalkRefusedError
from ..models import Talk
from ..rules import lifecycle_allows


def lock_talk(talk: Talk) -> Talk:
    """The talk under its row lock, fresh."""
    return Talk.objects.select_for_update(of=("self",)).select_related("conversation").get(pk=talk.pk)


def change(talk: Talk, **fields: Any) -> None:
    """Write some fields and let every open board see it."""
    for name, value in fields.items():
        setattr(talk, name, value)
    talk.save(update_fields=list(fields))
    bell.ring("board")


def move(talk: Talk, to: str, **fields: Any) -> None:
    """Change the status as ``centre/lifecycle.toml`` allows. Raises ``TalkRefusedError`` otherwise."""
    if talk.status != to and not lifecycle_allows(talk.status, to):
        raise TalkRefusedError(_("This talk has moved on meanwhile. Look at it again."))
    change(talk, status=to, **fields)
