"""Who has passed a course and holds its certificate."""

from collections.abc import Callable

import pytest

from tests.browsing import Browsers, Centre
from tests.learners import (
    NAME,
    SHORT,
    Held,
    new_address,
    pass_test,
    sign_in,
    taken,
    wait_for_courses,
    write_name,
)


@pytest.fixture
def hold(browsers: Browsers, centre: Centre) -> Callable[..., Held]:
    """Somebody who has passed a short course and holds its certificate; JavaScript is off all the way."""

    def make(language: str = "uz", cyrillic: str = NAME[1], course: str = SHORT) -> Held:
        page, address = browsers.phone(js=False), new_address()
        wait_for_courses(centre, page, course)
        sign_in(page, centre, address, language)
        write_name(page, language, cyrillic)
        pass_test(page, centre, language, course)
        return taken(page)

    return make
