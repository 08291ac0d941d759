"""The playroom for the doors: quizzes as plain questions, and the counter of what was played."""

from .quizzing import Asked, asked, quizzes
from .services import count_play

__all__ = ["Asked", "asked", "count_play", "quizzes"]
