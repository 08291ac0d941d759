"""What the academy's pages read."""

from .courses import course_for, edition, lesson_for, shelf

__all__ = ["course_for", "edition", "lesson_for", "shelf"]
