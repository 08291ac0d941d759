"""Every change of state of the portal."""

from .publishing import Imported, count_question, import_content, publish_sheets, rewrite_content, with_variants

__all__ = [
    "Imported",
    "count_question",
    "import_content",
    "publish_sheets",
    "rewrite_content",
    "with_variants",
]
