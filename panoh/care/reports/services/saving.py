"""A person's own ways to look at the list. What is kept is codes; anything else is left out."""

from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.utils.translation import gettext as _

from panoh.ground.accounts.public import User

from ..errors import ReportRefusedError
from ..models import SavedView
from ..queries.desk import FILTERS, TABS

MOST = 20
LONGEST_CODE = 30


@transaction.atomic
def save_view(*, name: str, query: str, by: User) -> SavedView:
    """Keep a view; the same name twice is the newer one."""
    name = " ".join(name.split())[:40]
    if not name:
        raise ReportRefusedError(_("A view needs a name."))
    if SavedView.objects.filter(user=by).exclude(name=name).count() >= MOST:
        raise ReportRefusedError(_("You have twenty views. Remove one first."))
    view, _is_new = SavedView.objects.update_or_create(user=by, name=name, defaults={"query": codes_of(query)})
    return view


def codes_of(query: str) -> str:
    """Tab and filters of a query, and nothing else that somebody could put there."""
    kept = {name: code for name, code in parse_qsl(query[:1000]) if name in FILTERS and _is_code(code)}
    tab = dict(parse_qsl(query[:1000])).get("tab", "")
    return urlencode({**({"tab": tab} if tab in TABS else {}), **kept})[:200]


def _is_code(code: str) -> bool:
    return 0 < len(code) <= LONGEST_CODE and code.replace("-", "").replace("_", "").isalnum() and code.isascii()


@transaction.atomic
def remove_view(view: SavedView, *, by: User) -> None:
    SavedView.objects.filter(pk=view.pk, user=by).delete()
