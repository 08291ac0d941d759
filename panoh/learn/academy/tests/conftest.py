from pathlib import Path

import pytest

from panoh.learn.academy import services
from panoh.learn.academy.models import Course

from .course_files import write_course


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A content folder with the short course in it."""
    return write_course(tmp_path / "content")


@pytest.fixture
def course(db: None, files: Path) -> Course:
    """The short course, published."""
    services.import_courses(files)
    return Course.objects.select_related("current").get(code="short-course")
