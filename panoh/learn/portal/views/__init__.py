"""The portal's pages."""

from .street import checklist, checklists, glossary, home, hub, laws, page, questions, search, sheet, tool, tools

__all__ = [
    "checklist",
    "checklists",
    "glossary",
    "home",
    "hub",
    "laws",
    "page",
    "questions",
    "search",
    "sheet",
    "tool",
    "tools",
]
