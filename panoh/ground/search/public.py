"""The one index: rooms register and index downward, doors find."""

from .queries import Found, find
from .services import index, rebuild, register, remove
from .sources import Row

__all__ = ["Found", "Row", "find", "index", "rebuild", "register", "remove"]
