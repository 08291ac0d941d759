"""The one index: rooms register and index downward, doors find; what was asked is counted without who asked."""

from .queries import Answers, Found, Question, asked_in_vain, asked_often, find, look, suggest
from .services import count_question, forget, index, index_many, rebuild, register, remove
from .sources import Row

__all__ = [
    "Answers",
    "Found",
    "Question",
    "Row",
    "asked_in_vain",
    "asked_often",
    "count_question",
    "find",
    "forget",
    "index",
    "index_many",
    "look",
    "rebuild",
    "register",
    "remove",
    "suggest",
]
