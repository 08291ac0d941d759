"""The audit's front door: write down an act, seal what was written, prove that nothing was changed."""

from .chain import Verdict
from .models import Entry
from .policy import NotACodeError
from .queries import count_views, trail, verify
from .services import record, seal_pending

__all__ = ["Entry", "NotACodeError", "Verdict", "count_views", "record", "seal_pending", "trail", "verify"]
