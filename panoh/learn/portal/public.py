"""The portal: publishing from files, how much waits for a reader, and its search. Pages are reached by address."""

from .errors import ContentError
from .queries import edition, find_also, media_address, waiting_count
from .services import Imported, as_html, import_content, make_scripts
from .spreadsheets import Table, decoded, table_of, written

__all__ = [
    "ContentError",
    "Imported",
    "Table",
    "as_html",
    "decoded",
    "edition",
    "find_also",
    "import_content",
    "make_scripts",
    "media_address",
    "table_of",
    "waiting_count",
    "written",
]
