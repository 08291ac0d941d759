"""The portal: publishing from files. Its pages are reached by address."""

from .errors import ContentError
from .queries import edition
from .services import Imported, import_content, make_scripts

__all__ = ["ContentError", "Imported", "edition", "import_content", "make_scripts"]
