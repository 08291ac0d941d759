"""Filters somebody comes back to."""

from django.db import transaction
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User

from ..errors import CaseRefusedError
from ..models import SavedView
from ..queries.listing import Filters

MOST = 20


@transaction.atomic
def save_view(filters: Filters, *, by: User) -> SavedView:
    """Keep what the list shows now; twice is once."""
    if SavedView.objects.filter(user=by).exclude(filters=filters.as_query()).count() >= MOST:
        raise CaseRefusedError(_("You have kept 20 views. Take one away first."))
    return SavedView.objects.get_or_create(user=by, filters=filters.as_query())[0]


@transaction.atomic
def remove_view(view: SavedView, *, by: User) -> None:
    SavedView.objects.filter(pk=view.pk, user=by).delete()
