"""The portal: publishing from files, and how much waits for a reader. Its pages are reached by address."""

from .errors import ContentError
from .queries import edition, waiting_count
from .services import Imported, import_content, make_scripts

__all__ = ["ContentError", "Imported", "edition", "import_content", "make_scripts", "waiting_count"]
