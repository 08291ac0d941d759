from collections.abc import Iterator
from pathlib import Path

import pytest

from panoh.ground.accounts.public import User
from panoh.learn.academy import public as academy
from panoh.learn.academy.tests.course_files import write_course
from panoh.learn.exchange.models import Platform
from tests.exchange.moodle import Moodle, a_moodle


@pytest.fixture
def course(db: None, tmp_path: Path) -> academy.Course:
    """The short course, published."""
    academy.import_courses(write_course(tmp_path / "content"))
    return academy.Course.objects.select_related("current").get(code="short-course")


@pytest.fixture
def moodle() -> Iterator[Moodle]:
    with a_moodle() as one:
        yield one


@pytest.fixture
def platform(moodle: Moodle, administrator: User) -> Platform:
    """The learning system, registered by an administrator."""
    return moodle.registered(administrator)
